# Makes logistic.json: optima of multinomial logistic regression by Newton's method, which shares nothing with L-BFGS.
# Python 3.11, scikit-learn 1.2.1, numpy 1.24.2:  python3 make.py
import json

import numpy as np
from sklearn.linear_model import LogisticRegression

random = np.random.default_rng(20)
classes, width, samples = 4, 6, 90
labels = random.integers(0, classes, samples)
centres = random.normal(size=(classes, width))
# Columns of unlike scale and far from zero: neither is to be standardised away.
features = (centres[labels] + 1.5 * random.normal(size=(samples, width))) * np.array([1, 0.3, 3, 1, 0.1, 1]) + np.array([0, 5, -2, 0, 1, 3])
features, further = np.round(features, 6), np.round(random.normal(size=(5, width)) * 2 + 1, 6)


def optimum(l2):
    model = LogisticRegression(C=1 / (l2 * samples), solver="newton-cg", multi_class="multinomial", tol=1e-10, max_iter=1000)
    model.fit(features, labels)
    probabilities = model.predict_proba(features)
    loss = -np.log(probabilities[np.arange(samples), labels]).mean() + l2 / 2 * (model.coef_**2).sum()
    residual = probabilities - np.eye(classes)[labels]
    gradient = residual.T @ features / samples + l2 * model.coef_
    assert max(abs(gradient).max(), abs(residual.mean(0)).max()) < 1e-9
    return {
        "l2": l2,
        "objective": loss,
        "weights": model.coef_.tolist(),
        "biases": (model.intercept_ - model.intercept_.mean()).tolist(),
        "probabilities": model.predict_proba(further).tolist(),
    }


with open("logistic.json", "w") as file:
    json.dump({
        "features": features.tolist(),
        "labels": labels.tolist(),
        "further": further.tolist(),
        "optima": [optimum(l2) for l2 in (1.0, 1e-2, 1e-4)],
    }, file, separators=(",", ":"))
    file.write("\n")
