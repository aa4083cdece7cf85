# R's side of bench/stability.js: fpc's clusterboot, and flexclust's bootFlexclust. Where flexclust is missing, its pairs of
# samples with stats::kmeans, which is compiled code where flexclust's kcca is R.
# Reads one JSON-like line per request and answers {"seconds": …, "means": […], "peer": …, "version": …}.
suppressPackageStartupMessages({
  library(fpc)
  library(mclust)
})
has_flexclust <- suppressPackageStartupMessages(require(flexclust, quietly = TRUE))

nearest <- function(rows, centres) max.col(2 * rows %*% t(centres) - rep(rowSums(centres^2), each = nrow(rows)),
  ties.method = "first")
pairs_by_kmeans <- function(rows, counts, starts, draws) {
  colMeans(t(replicate(draws, {
    drawn <- lapply(1:2, function(i) rows[sample(nrow(rows), replace = TRUE), ])
    sapply(counts, function(count) {
      labels <- lapply(drawn, function(own) nearest(rows, kmeans(own, count, iter.max = 200, nstart = starts)$centers))
      adjustedRandIndex(labels[[1]], labels[[2]])
    })
  })))
}

input <- file("stdin", "r")
while (length(line <- readLines(input, n = 1)) > 0) {
  request <- strsplit(gsub("[\"{}]", "", line), "[,:]")[[1]]
  fact <- function(name) request[which(request == name) + 1]
  number <- function(name) as.integer(fact(name))
  values <- readBin(fact("values"), "double", file.size(fact("values")) / 8, size = 8, endian = "little")
  rows <- matrix(values, ncol = number("columns"), byrow = TRUE)
  set.seed(number("seed"))
  if (fact("task") == "clusterboot") {
    peer <- "fpc clusterboot"
    seconds <- system.time(means <- clusterboot(rows, B = number("draws"), bootmethod = "boot", clustermethod = kmeansCBI,
      krange = number("count"), runs = number("starts"), count = FALSE)$bootmean)[["elapsed"]]
  } else if (has_flexclust) {
    peer <- "flexclust bootFlexclust"
    seconds <- system.time(means <- colMeans(bootFlexclust(rows, 2:number("count"), nboot = number("draws"),
      nrep = number("starts"), multicore = FALSE)@rand))[["elapsed"]]
  } else {
    peer <- "the pairs of bootFlexclust by stats::kmeans"
    seconds <- system.time(means <- pairs_by_kmeans(rows, 2:number("count"), number("starts"), number("draws")))[["elapsed"]]
  }
  version <- paste0("R ", getRversion(), ", fpc ", packageVersion("fpc"),
    if (has_flexclust) paste(", flexclust", packageVersion("flexclust")) else ", without flexclust")
  cat(sprintf("{\"seconds\": %f, \"means\": [%s], \"peer\": \"%s\", \"version\": \"%s\"}\n", seconds,
    paste(means, collapse = ", "), peer, version))
  flush(stdout())
}
