# R's side of the gap in bench/clusters.js: clusGap of package cluster, with the principal axes and squared distances of the paper.
# Reads one JSON-like line per request, "values columns counts starts references", and answers {"seconds": …}.
suppressPackageStartupMessages(library(cluster))
input <- file("stdin", "r")
while (length(line <- readLines(input, n = 1)) > 0) {
  request <- strsplit(gsub("[\"{}]", "", line), "[,:]")[[1]]
  fact <- function(name) request[which(request == name) + 1]
  values <- readBin(fact("values"), "double", file.size(fact("values")) / 8, size = 8, endian = "little")
  rows <- matrix(values, ncol = as.integer(fact("columns")), byrow = TRUE)
  set.seed(1)
  seconds <- system.time(clusGap(rows, kmeans, K.max = as.integer(fact("highest")), B = as.integer(fact("references")),
    nstart = as.integer(fact("starts")), iter.max = 100, d.power = 2, spaceH0 = "scaledPCA", verbose = FALSE))[["elapsed"]]
  version <- paste0("R ", getRversion(), ", cluster ", packageVersion("cluster"))
  cat(sprintf("{\"seconds\": %f, \"version\": \"%s\"}\n", seconds, version))
  flush(stdout())
}
