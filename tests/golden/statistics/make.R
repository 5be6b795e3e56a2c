# Makes statistics.json beside it: what R finds for every figure of `rils compare`. R 4, with jsonlite.
#   Rscript make.R > statistics.json
suppressMessages(library(jsonlite))
RNGversion("4.2.0")
set.seed(20261123)

signs <- function(d) { # all patterns of signs; ties with the sum found count whatever the rounding
  patterns <- as.matrix(expand.grid(rep(list(c(1, -1)), length(d))))
  mean(abs(patterns %*% d) >= abs(sum(d)) - 1e-12 * sum(abs(d)))
}
seeds <- function(d) list(differences = d, mean = mean(d), deviation = sd(d), interval = t.test(d)$conf.int[1:2], sign_flip = signs(d))
over_seeds <- c(
  lapply(c(2, 3, 5, 6, 8, 12, 16), function(n) seeds(rnorm(n, 0.01, 0.02))),
  list(seeds(c(0.01, 0.02, 0.015, 0.03, 0.005, 0.012)), seeds(c(0.1, -0.1, 0.2, -0.2, 0.05)), seeds(c(0.25, 0.25, 0.5, 0, 0.75, 0.25, 0.25))))

counts <- list(c(0, 1), c(3, 3), c(1, 9), c(12, 30), c(30, 12), c(0, 20), c(250, 301), c(4000, 4200))
mcnemar <- lapply(counts, function(k) list(first = k[1], second = k[2], p = binom.test(k[1], sum(k), 0.5)$p.value))

families <- list(0.03, c(0.01, 0.04), c(0.04, 0.01, 0.03, 0.005), c(0.5, 0.9, 0.2), c(0.02, 0.02, 0.02), runif(9)^3)
holm <- lapply(families, function(p) list(raw = I(p), corrected = I(p.adjust(p, "holm"))))

# Outcomes of two models on 60 samples, right and wrong, that are right on much the same ones.
easy <- runif(60)
a <- as.numeric(easy + rnorm(60, 0, 0.2) > 0.45)
b <- as.numeric(easy + rnorm(60, 0, 0.2) > 0.55)
pair <- list(first = a, second = b, correlation = cor(a, b), only_first = sum(a > b), only_second = sum(b > a))

# Given resamples of given numbers: the percentiles are exact. Places count from 0.
values <- round(rnorm(12, 0.1, 0.5), 3)
places <- replicate(200, sample.int(12, replace = TRUE), simplify = FALSE)
given <- list(values = values, places = lapply(places, function(p) p - 1),
  interval = unname(quantile(sapply(places, function(p) mean(values[p])), c(0.025, 0.975), type = 7)))

# Resamples of R's own, many: another generator's percentiles lie near.
bootstrap <- lapply(list(a - b, rnorm(40, 0.1, 0.5)), function(d)
  list(differences = d, interval = unname(quantile(replicate(200000, mean(sample(d, replace = TRUE))), c(0.025, 0.975), type = 7))))

# Twenty differences: all 2^20 patterns, which the tests' drawn ones come near.
many <- rnorm(20, 0.01, 0.02)
total <- Reduce(function(sums, d) c(sums + d, sums - d), many, 0)
drawn <- list(differences = many, sign_flip = mean(abs(total) >= abs(sum(many)) - 1e-12 * sum(abs(many))))

# The power of the two-sided paired t test at the level 0.05 / arms, for differences in units of the standard deviation of
# the pairs' differences, the smallest difference that is found with 80%, and the number of pairs needed.
power_at <- expand.grid(seeds = c(3, 5, 8, 10, 20, 100, 1000), arms = c(1, 2, 4, 8))
power <- lapply(seq_len(nrow(power_at)), function(row) {
  n <- power_at$seeds[row]
  test <- function(...) power.t.test(n = n, sd = 1, sig.level = 0.05 / power_at$arms[row], type = "paired", strict = TRUE, ...)
  deltas <- c(0.05, 0.2, 0.5, 1, 2, 4, 8)
  deltas <- deltas[deltas * sqrt(n) < 37] # R's noncentral t is approximate from there on
  list(seeds = n, arms = power_at$arms[row], differences = deltas,
    powers = sapply(deltas, function(delta) test(delta = delta)$power), smallest = test(power = 0.8, tol = 1e-13)$delta)
})
needed_at <- expand.grid(difference = c(0.1, 0.3, 0.7, 1.5, 3), arms = c(1, 4))
pairs_needed <- lapply(seq_len(nrow(needed_at)), function(row) list(difference = needed_at$difference[row],
  arms = needed_at$arms[row], pairs = power.t.test(delta = needed_at$difference[row], sd = 1, power = 0.8,
    sig.level = 0.05 / needed_at$arms[row], type = "paired", strict = TRUE, tol = 1e-10)$n))

# The ends of the 95% interval of a standard deviation, in units of the one that was found.
deviations <- lapply(c(2, 3, 5, 8, 20, 100), function(n)
  list(seeds = n, interval = sqrt((n - 1) / qchisq(c(0.975, 0.025), n - 1))))

cat(toJSON(list(made_by = R.version.string, over_seeds = over_seeds, drawn = drawn, mcnemar = mcnemar, holm = holm, pair = pair,
  given_resamples = given, bootstrap = bootstrap, power = power, pairs_needed = pairs_needed, deviations = deviations), auto_unbox = TRUE, digits = NA), "\n", sep = "")
