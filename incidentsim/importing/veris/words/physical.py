"""Words for `action.physical`: what was done on the spot, and where (with its preposition)."""

from incidentsim.importing.veris.words.table import texts

VARIETY = texts(
    {
        "Assault": ("an assault", "人身侵害"),
        "Bypassed controls": ("bypassing of barriers", "绕过物理防护"),
        "Connection": ("connection of a foreign device", "接入外来设备"),
        "Destruction": ("deliberate destruction", "蓄意破坏"),
        "Disabled controls": ("disabling of barriers", "使物理防护失效"),
        "Evade Defenses": ("evasion of the defences", "规避安全防御"),
        "Skimmer": ("a card-skimming device", "安装盗刷装置"),
        "Snooping": ("snooping", "暗中窥探"),
        "Surveillance": ("surveillance", "监视"),
        "Tampering": ("tampering with equipment", "擅自改动设备"),
        "Theft": ("theft", "盗窃"),
        "Wiretapping": ("wiretapping", "线路窃听"),
        "Other": ("a less common act", "较少见的行为"),
        "Unknown": ("an act not yet identified", "尚未查明的行为"),
    }
)

VECTOR = texts(
    {
        "Partner facility": ("on a partner's premises", "合作方场所"),
        "Partner vehicle": ("in a partner's vehicle", "合作方车辆"),
        "Personal residence": ("in a private home", "私人住所"),
        "Personal vehicle": ("in a private car", "私人车辆"),
        "Public facility": ("in a public building", "公共场所"),
        "Public vehicle": ("on public transport", "公共交通工具"),
        "Victim grounds": ("on the company's grounds", "公司园区"),
        "Victim public area": ("in a part of our premises that is open to the public", "公司对外开放区域"),
        "Victim secure area": ("in a secured area of the company", "公司安全区域"),
        "Victim work area": ("in a work area of the company", "公司办公区域"),
        "Unknown": ("in a place not yet known", "尚未查明的地点"),
        "Other": ("in some other place", "其他地点"),
        "Privileged access": ("in a place that only authorised people may enter", "须经授权进入的区域"),
        "Uncontrolled location": ("in a place that nobody controls", "无人管控的地点"),
        "Visitor privileges": ("in an area open to visitors", "访客区域"),
    }
)
