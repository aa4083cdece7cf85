# Objectives of cluster::pam: sums of distances to the nearest medoid. Writes kmedoids-r.json beside itself.
# Usage: Rscript kmedoids.R path/to/wholesale_customers_bom.csv   (r-base-core, r-cran-cluster, r-cran-jsonlite)
suppressMessages({ library(cluster); library(jsonlite) })
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
wholesale <- scale(log1p(read.csv(commandArgs(TRUE)[1], fileEncoding = "UTF-8-BOM")[, 3:8]))
gower <- function(table) daisy(table, metric = "gower")
distances <- list(
  iris = list(euclidean = dist(iris[, 1:4]), manhattan = dist(iris[, 1:4], "manhattan"), gower = gower(iris)),
  ruspini = list(euclidean = dist(ruspini), manhattan = dist(ruspini, "manhattan"), gower = gower(ruspini)),
  chickwts = list(gower = gower(chickwts)),
  wholesale = list(euclidean = dist(wholesale), manhattan = dist(wholesale, "manhattan"))
)
cases <- list()
for (data in names(distances)) for (distance in names(distances[[data]])) for (count in 1:8) {
  d <- distances[[data]][[distance]]
  objective <- unname(pam(d, count)$objective["swap"]) * attr(d, "Size")
  cases[[length(cases) + 1]] <- list(data = data, distance = distance, clusterCount = count, objective = objective)
}
versions <- list(R = as.character(getRversion()), cluster = as.character(packageVersion("cluster")))
write(toJSON(list(versions = versions, cases = cases), auto_unbox = TRUE, digits = NA), file.path(folder, "kmedoids-r.json"))
