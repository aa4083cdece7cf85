# Reference values for choosing a number of clusters, by R's cluster, fpc and mclust. Writes count.json beside itself.
# Usage: Rscript count.R path/to/wholesale_customers_bom.csv
suppressMessages({
  library(cluster)
  library(fpc)
  library(jsonlite)
})
arguments <- commandArgs(FALSE)
folder <- dirname(sub("^--file=", "", grep("^--file=", arguments, value = TRUE)))
set.seed(7)

# On the lattice of multiples of 2^-20, as the test's reader has it.
wholesale <- log1p(as.matrix(read.csv(commandArgs(TRUE)[1], fileEncoding = "UTF-8-BOM")[, -(1:2)]))
wholesale <- floor(pmax(pmin(scale(wholesale), 8), -8) * 2^20 + 0.5) / 2^20
sets <- list(ruspini = as.matrix(ruspini), iris = as.matrix(iris[, 1:4]), wholesale = wholesale)

# Davies and Bouldin (1979) with mean distances, as clusterCrit and scikit-learn have it.
davies_bouldin <- function(x, labels) {
  centres <- apply(x, 2, function(column) tapply(column, labels, mean))
  spread <- tapply(sqrt(rowSums((x - centres[labels, ])^2)), labels, mean)
  apart <- as.matrix(dist(centres))
  ratios <- outer(spread, spread, "+") / apart
  diag(ratios) <- 0
  mean(apply(ratios, 1, max))
}

indices <- do.call(c, lapply(names(sets), function(name) {
  lapply(2:6, function(k) {
    x <- sets[[name]]
    labels <- unname(kmeans(x, k, nstart = 50, iter.max = 100)$cluster)
    distances <- dist(x)
    stats <- cluster.stats(distances, labels, silhouette = FALSE)
    list(
      data = name, labels = labels - 1L,
      silhouette = mean(silhouette(labels, distances)[, "sil_width"]),
      calinskiHarabasz = calinhara(x, labels, k),
      daviesBouldin = davies_bouldin(x, labels),
      dunn = stats$dunn
    )
  })
}))

# The paper's formula from given log inertias of references, and R's maxSE on random curves.
logs <- matrix(rnorm(60, 3, 0.1), 20)
inertias <- exp(c(2.7, 2.9, 3.1))
gaps <- lapply(1:3, function(k) {
  mean_log <- mean(logs[, k])
  list(
    logs = logs[, k], inertia = inertias[k], gap = mean_log - log(inertias[k]),
    standardError = sqrt(mean((logs[, k] - mean_log)^2)) * sqrt(1 + 1 / nrow(logs))
  )
})
rules <- lapply(1:30, function(i) {
  gap <- cumsum(rnorm(6, 0.02, 0.1))
  error <- runif(6, 0, 0.08)
  list(gap = gap, standardError = error, count = maxSE(gap, error, method = "Tibs2001SEmax"))
})

many <- function(x, k) kmeans(x, k, nstart = 20, iter.max = 100)
gap_curves <- lapply(c("ruspini", "iris"), function(name) {
  curve <- clusGap(sets[[name]], many, K.max = 6, B = 500, d.power = 2, spaceH0 = "scaledPCA", verbose = FALSE)$Tab
  list(
    data = name, logInertia = curve[, "logW"], referenceLogInertia = curve[, "E.logW"],
    standardError = curve[, "SE.sim"], count = maxSE(curve[, "gap"], curve[, "SE.sim"], method = "Tibs2001SEmax")
  )
})

# One split of fpc's prediction strength: the halves are recorded as it clusters them.
recorded <- list()
record <- function(data, k, ...) {
  found <- kmeansCBI(data, k, runs = 3)
  recorded[[length(recorded) + 1]] <<- list(
    rows = unname(data), labels = found$partition - 1L, centres = unname(found$result$centers)
  )
  found
}
strengths <- do.call(c, lapply(c("ruspini", "iris"), function(name) {
  lapply(2:7, function(k) {
    recorded <<- list()
    found <- prediction.strength(unname(sets[[name]]), k, k, M = 1, clustermethod = record, centroidname = "centers")
    list(halves = recorded, strength = found$predcorr[[k]])
  })
}))

pairs <- lapply(1:4, function(i) {
  a <- sample(0:3, 50, TRUE)
  b <- ifelse(runif(50) < 0.6, a, sample(0:i, 50, TRUE))
  list(
    labelsA = a, labelsB = b,
    disagreement = mean(outer(a, a, "==") != outer(b, b, "==")),
    adjustedRand = mclust::adjustedRandIndex(a, b)
  )
})

versions <- c(
  R = as.character(getRversion()),
  sapply(c("cluster", "fpc", "mclust"), function(name) as.character(packageVersion(name)))
)
write_json(
  list(
    versions = as.list(versions), rows = lapply(sets[c("ruspini", "iris")], unname), indices = indices, gaps = gaps,
    rules = rules, gapCurves = gap_curves, strengths = strengths, pairs = pairs
  ),
  file.path(folder, "count.json"),
  digits = NA, auto_unbox = TRUE
)
