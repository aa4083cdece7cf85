# Answers of 237 students (MASS::survey: the seven questions with words), some missing. Writes survey-data.json beside itself.
# Usage: Rscript survey-data.R   (r-base-core, r-cran-mass, r-cran-jsonlite)
suppressMessages({ library(MASS); library(jsonlite) })
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
items <- c("Sex", "W.Hnd", "Fold", "Clap", "Exer", "Smoke", "M.I")
content <- list(
  versions = list(R = as.character(getRversion()), MASS = as.character(packageVersion("MASS"))),
  students = lapply(survey[items], as.character)
)
write(toJSON(content, auto_unbox = TRUE, na = "null"), file.path(folder, "survey-data.json"))
