# v-tests of numbers and categories. Usage: Rscript v-tests.R DATASETS > v-tests.json
#
# Wants R 4.2.2, FactoMineR 2.7, jsonlite. Tolerance in the tests: relative 1e-8.
suppressMessages(library(FactoMineR))
library(jsonlite)
folder <- commandArgs(trailingOnly = TRUE)[1]
columns <- c("Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen")

table_of <- function(found, names) {
  lapply(found, function(rows) {
    if (is.null(rows)) return(NULL)
    rows <- as.data.frame(rows)
    out <- as.list(rows[["v.test"]])
    names(out) <- rownames(rows)
    out
  })
}

# Numbers and categories of the wholesale customers, by Channel.
wholesale <- read.csv(file.path(folder, "wholesale/wholesale_customers_bom.csv"), fileEncoding = "UTF-8-BOM")
frame <- data.frame(
  Channel = factor(wholesale$Channel), Region = factor(wholesale$Region), wholesale[columns]
)
found <- catdes(frame, 1, proba = 1)

# Numbers of iris by species; categories of Titanic passengers by class, one row each.
flowers <- catdes(iris, 5, proba = 1)
cells <- as.data.frame(Titanic)
passengers <- cells[rep(seq_len(nrow(cells)), cells$Freq), c("Class", "Sex", "Age", "Survived")]
classes <- catdes(passengers, 1, proba = 1)

cat(toJSON(list(
  versions = list(R = as.character(getRversion()), FactoMineR = as.character(packageVersion("FactoMineR"))),
  wholesale = list(quanti = table_of(found$quanti), category = table_of(found$category)),
  iris = table_of(flowers$quanti),
  irisRows = iris,
  titanic = table_of(classes$category),
  titanicCells = cells
), auto_unbox = TRUE, digits = NA, dataframe = "columns"), "\n")
