# Log-likelihood of R's mclust from its own hierarchical grouping, for the tables of gaussian.py. Writes mclust.json
# beside itself. Its models: VII is ours spherical, VVI diagonal, EEE tied, VVV full. Cases that mclust could not fit are
# left out; those of which a component is degenerate (see gaussian.py) as well.
# Usage: Rscript mclust.R path/to/wholesale_customers_bom.csv   (r-base-core, r-cran-mclust, r-cran-jsonlite)
suppressMessages({ library(mclust); library(jsonlite) })
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
data <- fromJSON(file.path(folder, "cluster-data.json"))
by_rows <- function(table) scale(table) * sqrt(nrow(table) / (nrow(table) - 1))
wholesale <- read.csv(commandArgs(trailingOnly = TRUE)[1], fileEncoding = "UTF-8-BOM")
tables <- list(
  iris = by_rows(as.matrix(data$iris)),
  ruspini = by_rows(as.matrix(data$ruspini)),
  wholesale = scale(log1p(as.matrix(wholesale[, 3:8])))
)
models <- c(spherical = "VII", diagonal = "VVI", tied = "EEE", full = "VVV")
cases <- list()
for (name in names(tables)) for (covariance in names(models)) for (count in 1:4) {
  table <- tables[[name]]
  fit <- Mclust(table, G = count, modelNames = models[[covariance]], verbose = FALSE)
  if (is.null(fit)) next
  smallest <- min(apply(fit$parameters$variance$sigma, 3, function(s) eigen(s, TRUE, TRUE)$values))
  if (smallest < 1e-4 || min(fit$parameters$pro) * nrow(table) < ncol(table) + 1) next
  cases[[length(cases) + 1]] <- list(
    data = name, covariance = covariance, clusterCount = count, logLikelihood = fit$loglik, bic = -fit$bic
  )
}
content <- list(
  versions = list(R = as.character(getRversion()), mclust = as.character(packageVersion("mclust"))),
  cases = cases
)
write(toJSON(content, auto_unbox = TRUE, digits = NA, pretty = 1), file.path(folder, "mclust.json"))
