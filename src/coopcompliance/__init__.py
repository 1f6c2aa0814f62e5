"""Pre-publication compliance checks for Chinese marketing copy.

    from coopcompliance import Placement, Screener
    placement = Placement(platform="douyin", form="live", products=["honey"])
    report = Screener().screen("这款蜂蜜能治疗咽炎，全国第一", placement)

A finding is a warning with reasons, not a verdict of a court; no finding is no guarantee.
"""

from coopcompliance.errors import CoopComplianceError, InputError, PackError, PackIssue, UsageError
from coopcompliance.model import (
    Category,
    Evidence,
    EvidenceKind,
    Finding,
    Form,
    Placement,
    Plan,
    Platform,
    Product,
    Report,
    Stage,
    Tier,
    Verdict,
)
from coopcompliance.screener import Screener

__version__ = "0.1.0"

__all__ = [
    "Category",
    "CoopComplianceError",
    "Evidence",
    "EvidenceKind",
    "Finding",
    "Form",
    "InputError",
    "PackError",
    "PackIssue",
    "Placement",
    "Plan",
    "Platform",
    "Product",
    "Report",
    "Screener",
    "Stage",
    "Tier",
    "UsageError",
    "Verdict",
    "__version__",
]
