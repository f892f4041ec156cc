"""Words for `impact`: sentences about the damage as a whole, and names for kinds of loss."""

from incidentsim.importing.veris.words.table import texts

OVERALL_RATING = texts(
    {
        "Catastrophic": (
            "Taken as a whole the damage threatens the existence of the business.",
            "总体而言，损失已危及企业生存。",
        ),
        "Damaging": ("Taken as a whole the damage is serious and lasting.", "总体而言，损失严重且影响长远。"),
        "Painful": ("Taken as a whole the damage hurts, but can be borne.", "总体而言，损失令人痛心但尚可承受。"),
        "Distracting": (
            "Taken as a whole the damage is small and mainly costs attention.",
            "总体而言，损失较小，主要是耗费精力。",
        ),
        "Insignificant": ("Taken as a whole the damage is not worth mentioning.", "总体而言，损失可以忽略不计。"),
        "Unknown": ("How great the damage is as a whole is not known.", "总体损失程度尚不清楚。"),
    }
)

VARIETY = texts(
    {
        "Asset and fraud": ("loss of assets and fraud", "资产损失与欺诈"),
        "Brand damage": ("damage to the reputation", "声誉损害"),
        "Business disruption": ("interruption of business", "业务中断"),
        "Competitive advantage": ("loss of competitive advantage", "竞争优势丧失"),
        "Legal and regulatory": ("legal and regulatory costs", "法律与监管费用"),
        "Operating costs": ("operating costs", "运营成本"),
        "Response and recovery": ("response and recovery", "处置与恢复费用"),
        "Other": ("losses of another kind", "其他损失"),
    }
)

RATING = texts(
    {
        "Major": ("major", "重大"),
        "Moderate": ("moderate", "中等"),
        "Minor": ("minor", "轻微"),
        "None": ("none", "无"),
        "Unknown": ("extent not known", "程度不详"),
    }
)
