# Data sets of R that the reference values of the clustering methods use. Writes cluster-data.json beside itself.
# Usage: Rscript cluster-data.R   (r-base-core, r-cran-cluster, r-cran-jsonlite)
suppressMessages({ library(cluster); library(jsonlite) })
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
content <- list(
  versions = list(R = as.character(getRversion()), cluster = as.character(packageVersion("cluster"))),
  iris = unname(as.matrix(iris[, 1:4])),
  irisSpecies = as.character(iris$Species),
  ruspini = unname(as.matrix(ruspini)),
  chickWeights = chickwts$weight,
  chickFeeds = as.character(chickwts$feed)
)
write(toJSON(content, auto_unbox = TRUE, digits = NA), file.path(folder, "cluster-data.json"))
