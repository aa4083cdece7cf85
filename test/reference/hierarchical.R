# Merge heights and cuts of R's hclust. Writes hierarchical-r.json beside itself.
# Usage: Rscript hierarchical.R   (r-base-core, r-cran-jsonlite; after hierarchical.py, whose tables it reads)
suppressMessages(library(jsonlite))
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
tables <- fromJSON(file.path(folder, "hierarchical.json"))$tables
# Equal distances leave complete and average linkage a choice: rows moved apart leave none.
wanted <- list(ward = c("iris", "ruspini"), average = c("irisApart", "ruspiniApart"), complete = c("irisApart", "ruspiniApart"))
cases <- list()
for (linkage in names(wanted)) for (data in wanted[[linkage]]) {
  tree <- hclust(dist(tables[[data]]), if (linkage == "ward") "ward.D2" else linkage)
  sizes <- lapply(2:8, function(count) sort(unname(c(table(cutree(tree, count)))), decreasing = TRUE))
  cases[[length(cases) + 1]] <- list(data = data, linkage = linkage, heights = tree$height, sizes = sizes)
}
versions <- list(R = as.character(getRversion()))
write(toJSON(list(versions = versions, cases = cases), auto_unbox = TRUE, digits = NA), file.path(folder, "hierarchical-r.json"))
