"""Words for what a record says about itself: whether it is an incident, how sure its compilers were, and aim."""

from incidentsim.importing.veris.words.table import texts

STATUS = texts(
    {
        "Confirmed": ("The record calls it a confirmed incident.", "原始记录将其认定为已确认的事件。"),
        "Suspected": (
            "The record calls it a suspected incident; here it counts as an incident.",
            "原始记录称其为疑似事件；本场景按事件处理。",
        ),
        "Near miss": (
            "The record calls it a near miss: something was tried and failed. Here it counts as no incident.",
            "原始记录称其为未遂：有人尝试但未得逞。本场景按非事件处理。",
        ),
        "False positive": (
            "The record calls it a false alarm. Here it counts as no incident.",
            "原始记录称其为误报。本场景按非事件处理。",
        ),
    }
)

CONFIDENCE = texts(
    {
        "High": ("Those who compiled the record were sure of it.", "记录编制者对其内容很有把握。"),
        "Medium": ("Those who compiled the record were fairly sure of it.", "记录编制者对其内容有一定把握。"),
        "Low": ("Those who compiled the record were not very sure of it.", "记录编制者对其内容把握不大。"),
        "None": ("Those who compiled the record were not sure of it at all.", "记录编制者对其内容没有把握。"),
    }
)

TARGETED = texts(
    {
        "Opportunistic": ("It looks as if we were hit by chance, not chosen.", "看来我们是被随机波及，并非特定目标。"),
        "Targeted": ("It looks as if we were chosen as a target.", "看来我们是被特意选定的目标。"),
        "NA": ("Nobody was aiming at anything.", "此事不存在攻击目标。"),
        "Unknown": ("Whether we were chosen as a target is not known.", "我们是否为特定目标尚不清楚。"),
    }
)
