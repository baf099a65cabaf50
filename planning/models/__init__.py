"""Action plans: what is done to reach the goals, who does it, and what they tell of it afterwards."""

from planning.models.following import (
    Evaluation,
    EvaluationQuerySet,
    MeasureState,
    ReportingRound,
    RoundUnit,
    StatusReport,
    StatusReportQuerySet,
    Verdict,
)
from planning.models.measures import (
    ActionPlan,
    ActionPlanManager,
    Measure,
    MeasureLink,
    MeasureResponsibility,
    Modality,
)

__all__ = [
    "ActionPlan",
    "ActionPlanManager",
    "Evaluation",
    "EvaluationQuerySet",
    "Measure",
    "MeasureLink",
    "MeasureResponsibility",
    "MeasureState",
    "Modality",
    "ReportingRound",
    "RoundUnit",
    "StatusReport",
    "StatusReportQuerySet",
    "Verdict",
]
