"""Words for the `result` of an action: whole sentences."""

from incidentsim.importing.veris.words.table import texts

RESULT = texts(
    {
        "Infiltrate": ("That opened the way into the systems.", "由此打开了进入系统的通道。"),
        "Exfiltrate": ("That served to carry data out.", "由此将数据带出。"),
        "Elevate": ("That gave higher access rights.", "由此取得了更高的权限。"),
        "Lateral movement": ("From there other systems were reached.", "由此横向移动到其他系统。"),
        "Deploy payload": ("That served to place malicious code.", "由此植入了恶意代码。"),
        "Persist": ("That secured a lasting foothold.", "由此取得了持久的立足点。"),
        "Other": ("What that led to is out of the ordinary.", "由此造成的后果较为少见。"),
        "Unknown": ("What that led to is not yet known.", "由此造成的后果尚不清楚。"),
        "NA": ("That led to nothing further.", "此举没有造成进一步的后果。"),
    }
)
