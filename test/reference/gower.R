# Gower's distance with missing values, and what trees and medoids make of it. Writes gower.json beside itself.
# Usage: Rscript gower.R   (r-base-core, r-cran-cluster, r-cran-jsonlite)
suppressMessages({ library(cluster); library(jsonlite) })
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
# New York's air in 1973: ozone and sunshine are missing on many days, the month on every seventh here.
air <- airquality[seq(1, 153, by = 2), 1:5]
air$Month <- factor(month.abb[air$Month])
air$Month[seq(3, nrow(air), by = 7)] <- NA
distances <- daisy(air, metric = "gower")
trees <- lapply(c("average", "complete", "single"), function(linkage) {
  tree <- hclust(distances, linkage)
  sizes <- lapply(2:5, function(count) sort(unname(c(table(cutree(tree, count)))), decreasing = TRUE))
  list(linkage = linkage, heights = tree$height, sizes = sizes)
})
medoids <- lapply(2:6, function(count) {
  list(clusterCount = count, objective = unname(pam(distances, count)$objective["swap"]) * nrow(air))
})
content <- list(
  versions = list(R = as.character(getRversion()), cluster = as.character(packageVersion("cluster"))),
  table = list(Ozone = air$Ozone, Solar = air$Solar.R, Wind = air$Wind, Temp = air$Temp, Month = as.character(air$Month)),
  distances = as.vector(distances), trees = trees, medoids = medoids
)
write(toJSON(content, auto_unbox = TRUE, digits = NA, na = "null"), file.path(folder, "gower.json"))
