"""What is said beside an estimate: stable codes, and one sentence for a person.

The last of it is what is said of a prediction interval, and when there is one.
"""

from __future__ import annotations

from collections.abc import Callable

from lupus_evidence.stats.estimates import Interval, Note, NotPooled

NO_STUDIES = NotPooled("no-studies", "No study reports this.")
ONE_STUDY = NotPooled(
    "one-study",
    "One study. Its interval covers chance in this study, "
    "not differences between centres.",
)
TAU_INFINITE = NotPooled(
    "tau-infinite",
    "In every study either no one or everyone had the outcome, so maximum likelihood "
    "has no finite answer.",
)
NO_FINITE_MAXIMUM = NotPooled(
    "no-finite-maximum",
    "On one side no one, or everyone, had the outcome, so maximum likelihood has no "
    "finite answer.",
)

TWO_STUDIES = Note(
    "two-studies",
    "With two studies no range for a new centre is given: they cannot show how much "
    "centres differ.",
)
SPREAD_ASSUMED = Note(
    "spread-assumed",
    "With so few studies, how much centres differ (tau) is more assumed than seen; if "
    "they differ a great deal, with tau above about 1.2, this interval is too narrow.",
)
PREDICTION_ASSUMED = Note(
    "prediction-assumed",
    "Where a new centre's rate would lie mostly reflects the assumed spread between "
    "studies.",
)
PREDICTION_WIDE = Note("prediction-wide", "A new centre could see almost any rate.")
TOO_DIFFERENT = Note("too-different", "These studies differ too much for one number.")
NO_COMPANION = Note(
    "no-companion",
    "In every study either no one or everyone had the outcome, so there is no "
    "maximum-likelihood estimate beside this one.",
)
TAU_NOT_ESTIMABLE = Note(
    "tau-not-estimable",
    "Maximum likelihood cannot tell how much these studies differ; its own interval "
    "says little.",
)
NOT_CONVERGED = Note(
    "not-converged", "The search for the maximum likelihood did not settle."
)
SPREAD_TAKEN_AS_KNOWN = Note(
    "spread-taken-as-known",
    "The range for a new centre (prediction interval) treats the estimated spread "
    "between studies as known; with few studies it is too narrow.",
)
SPREAD_ZERO = Note(
    "spread-zero",
    "The estimated spread between studies is 0, which few studies cannot show.",
)
HALF_ADDED = Note(
    "half-added",
    "Half a person was added to both cells of studies with no events or only events; "
    "this biases the result toward 50 %.",
)
LARGE_SAMPLE = Note(
    "large-sample",
    "Logits with large-sample variances: in simulations at these sizes the interval "
    "missed the true rate far more often than it should.",
)
FREEMAN_TUKEY = Note(
    "freeman-tukey",
    "The back-transformation of the double arcsine can mislead badly; in simulations "
    "the interval held the true rate as rarely as 69 % of the time.",
)
TOO_NARROW = Note(
    "too-narrow",
    "With few studies this interval is too narrow: 71 to 87 % in simulations with two "
    "to five studies.",
)
LUCKY_DRAW = Note(
    "lucky-draw",
    "Such sets are rare draws when centres differ; no bound is safe for them.",
)

PROFILE_TOO_NARROW = Note(
    "profile-too-narrow",
    "With few studies this interval is somewhat too narrow: 88 to 93 % in simulations "
    "with two to five studies.",
)
ONE_RATE = Note(
    "one-rate", "Assumes the same rate in every study, which these data rarely support."
)
UNADJUSTED = Note(
    "unadjusted", "An unadjusted comparison of different studies of different people."
)
SINGLE_STUDY_SIDE = Note(
    "single-study-side",
    "One side is a single study: how its centre differs from others is not known and "
    "was assumed, by the prior of tau.",
)
UNIFORM_SIDE = Note(
    "uniform-side",
    "On one side no one, or everyone, had the outcome: every median rate was taken as "
    "equally likely there.",
)
SIDE_TOO_DIFFERENT = Note(
    "side-too-different",
    "On one side the studies differ too much for one number; the difference is less "
    "certain than its interval says.",
)
NO_INFORMATION = Note(
    "no-information",
    "In every trial either no one or everyone had the outcome, so nothing is known of "
    "the ratio.",
)
TOTALS_COMPARED = Note(
    "totals-compared",
    "No one, or everyone, had the outcome: the difference is that of the totals "
    "(Newcombe).",
)
ONE_ARM_EMPTY = Note(
    "one-arm-empty",
    "In every trial the outcome was as rare, or frequent, in one arm as it could be: "
    "this method has a bound and no estimate.",
)
TRIALS_WITHOUT_MAXIMUM = Note(
    "tau-infinite",
    "In every trial the outcome was as rare, or frequent, in one arm as it could be, "
    "not always in the same: maximum likelihood has no finite answer.",
)
AT_CONTROL_RISK = Note(
    "at-control-risk",
    "The model is of odds; this is what they come to at the risk of all people in the "
    "control arms together.",
)
RISK_SMOOTHED = Note(
    "risk-smoothed",
    "In the control arms no one, or everyone, had the outcome; half a person was added "
    "to find the risk that the odds are taken from.",
)
HALF_ADDED_TO_TRIALS = Note(
    "half-added",
    "Half a person was added to all four cells of trials with an empty one; this "
    "biases the result toward no difference.",
)
PETO_BIASED = Note(
    "peto-biased",
    "Peto's odds ratio is biased where arms are of different size or the effect is "
    "large.",
)
ONE_EFFECT = Note("one-effect", "Assumes the same effect in every trial.")
ONE_TRIAL = Note("one-trial", "One trial: its own effect, nothing is pooled.")
TWO_TRIALS = Note(
    "two-studies",
    "With two trials no range for a new trial is given: they cannot show how much "
    "trials differ.",
)
TRIAL_SPREAD_ASSUMED = Note(
    "spread-assumed",
    "With so few trials, how much their effects differ (tau) is more assumed than "
    "seen.",
)
TRIALS_TOO_NARROW = Note(
    "too-narrow",
    "With few trials this interval is too narrow where their effects differ.",
)
TOO_FEW_FOR_MODERATOR = NotPooled(
    "too-few-studies", "Too few studies to estimate how much studies differ."
)

# posterior median of tau above which one number does not describe the studies: see
# docs/methods.md, "Guard"
LARGEST_TRUSTED_TAU = 1.0


def tau_prior(scale: float) -> Note:
    """State the priors of the default model."""
    return Note(
        "tau-prior",
        "Pooled by a model in which each centre has a rate of its own (Bayesian "
        f"binomial-normal: tau ~ HalfNormal({scale:g}) on the logit scale, median rate "
        "~ Beta(1/2, 1/2)).",
    )


def everyone_or_no_one(everyone: bool) -> Note:
    """Say that there is a bound and no estimate."""
    if everyone:
        return Note(
            "all-events",
            "Everyone in every study had the outcome: a lower bound, no estimate.",
        )
    return Note(
        "no-events", "No one in any study had the outcome: an upper bound, no estimate."
    )


def uniform_prior(scale: float) -> Note:
    """State the priors behind a one-sided bound."""
    return Note(
        "uniform-prior",
        "The bound is from the binomial-normal model with tau ~ HalfNormal("
        f"{scale:g}) on the logit scale and every median rate equally likely.",
    )


def trial_priors(tau_scale: float, effect_sd: float) -> Note:
    """State the priors of the default model of trials."""
    return Note(
        "tau-prior",
        "Pooled by a model in which each trial has an effect of its own (Bayesian "
        f"random-effects logit model: tau ~ HalfNormal({tau_scale:g}) and mean ~ "
        f"N(0, {effect_sd:g}^2) on the log odds ratio).",
    )


def uninformative_trials(count: int) -> Note:
    """Say how many trials say nothing of the odds ratio."""
    which = "1 trial says" if count == 1 else f"{count} trials say"
    return Note(
        "uninformative-trials",
        f"{which} nothing of a ratio: no one, or everyone, in both arms had the "
        "outcome.",
    )


# docs/methods.md, "Prediction intervals": below 3 studies the posterior of tau is its
# prior; at 3 and 4 the interval mostly shows the prior; wider than 80 points, numbers
# say less than words
LEAST_FOR_PREDICTION = 3
LEAST_FOR_TRUST = 5
WIDEST_PREDICTION = 0.8


def judge_prediction(
    predict: Callable[[], Interval], k: int
) -> tuple[Interval | None, bool, tuple[Note, ...]]:
    """Decide on a prediction interval.

    Parameters
    ----------
    predict : callable
        Makes the interval of a new study's rate, proportions in 0-1; called where one
        is given.
    k : int
        Studies.

    Returns
    -------
    tuple
        The interval or None, whether its numbers are worth printing, and notes.
    """
    if k < LEAST_FOR_PREDICTION:
        return None, False, (TWO_STUDIES,)
    prediction = predict()
    said = () if k >= LEAST_FOR_TRUST else (PREDICTION_ASSUMED,)
    if prediction[1] - prediction[0] > WIDEST_PREDICTION:
        return prediction, False, (*said, PREDICTION_WIDE)
    return prediction, True, said
