"""Pure: what answers say of a room as a whole, each number with its source, its range and where it means nothing.

docs/method.md says the same in plain words, and what of it is ever shown.
"""

from workshop.statistics.change import (
    d_av,
    g_av,
    least_personal_change,
    paired_change,
    paired_t,
    small_sample_factor,
)
from workshop.statistics.interval import Interval
from workshop.statistics.means import (
    class_mean,
    finite_population_factor,
    mean_interval,
    standard_error,
    welch_difference,
)
from workshop.statistics.one_factor import minres_loadings, ml_loadings
from workshop.statistics.ordered import consensus, iov, l_squared, leik, polarisation, van_der_eijk_a
from workshop.statistics.proportions import Arms, arms, newcombe, wilson
from workshop.statistics.quantiles import f_quantile, t_quantile, z_quantile
from workshop.statistics.reliability import (
    alpha,
    alpha_interval,
    alpha_of,
    correlations,
    covariances,
    icc1,
    omega,
)
from workshop.statistics.shapes import Shape, shape
from workshop.statistics.styles import acquiescence, is_yes_saying
from workshop.statistics.within_group import a_wg, ad_mean, ad_median, r_star_wg_j, r_wg, r_wg_j, uniform_variance

__all__ = [
    "Arms", "Interval", "Shape", "a_wg", "acquiescence", "ad_mean", "ad_median", "alpha", "alpha_interval",
    "alpha_of", "arms", "class_mean", "consensus", "correlations", "covariances", "d_av", "f_quantile",
    "finite_population_factor", "g_av", "icc1", "iov", "is_yes_saying", "l_squared", "least_personal_change",
    "leik", "mean_interval", "minres_loadings", "ml_loadings", "newcombe", "omega", "paired_change", "paired_t",
    "polarisation", "r_star_wg_j", "r_wg", "r_wg_j", "shape", "small_sample_factor", "standard_error",
    "t_quantile", "uniform_variance", "van_der_eijk_a", "welch_difference", "wilson", "z_quantile",
]
