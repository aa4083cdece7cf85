# Reference dips and p-values, by R's diptest. Writes dip.json beside itself.
#
# Usage: Rscript test/reference/dip.R
# From 10 values on, p.value interpolates sqrt(n) * dip in the package's table of simulated quantiles.

library(diptest)
library(jsonlite)

set.seed(11)
samples <- list(
  faithful = faithful$eruptions,
  precip = as.vector(precip),
  rivers = as.vector(rivers),
  petals = iris$Petal.Length,
  sepals = iris$Sepal.Width,
  uniform = round(runif(50), 4),
  normal = round(rnorm(300), 4),
  two = round(c(rnorm(40), rnorm(60, 3.2)), 4),
  steps = c(1, 1, 1, 2, 2, 3, 4, 4, 5, 5, 5, 5),
  halves = c(1, 1, 2, 2),
  lopsided = c(1, 2, 2, 2),
  mirrored = c(0, 2, 3, 5, 6),
  same = c(3, 3, 3, 3)
)
cases <- lapply(names(samples), function(name) {
  # The smallest dip, 1 / (2n), is common in small samples, and the table's quantiles do not tell how common.
  test <- dip.test(samples[[name]], simulate.p.value = length(samples[[name]]) < 10, B = 20000)
  list(name = name, values = samples[[name]], dip = unname(test$statistic), pValue = test$p.value)
})
iris_axis <- prcomp(iris[, 1:4])
first <- dip.test(iris_axis$x[, 1])
content <- list(
  versions = list(R = paste(R.version$major, R.version$minor, sep = "."), diptest = as.character(packageVersion("diptest"))),
  cases = cases,
  iris = list(
    rows = unname(as.matrix(iris[, 1:4])),
    dip = unname(first$statistic),
    pValue = first$p.value,
    varianceShare = summary(iris_axis)$importance["Proportion of Variance", 1],
    variances = iris_axis$sdev^2
  )
)
file <- sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))
write(toJSON(content, digits = NA, auto_unbox = TRUE), file.path(dirname(file), "dip.json"))
