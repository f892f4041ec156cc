"""Words for `action.error` and `action.environmental`: what happened without intent."""

from incidentsim.importing.veris.words.table import texts

ERROR_VARIETY = texts(
    {
        "Capacity shortage": ("a shortage of capacity", "容量不足"),
        "Classification error": ("a wrong classification", "定级或标识错误"),
        "Data entry error": ("a data entry mistake", "数据录入错误"),
        "Disposal error": ("careless disposal", "报废处置不当"),
        "Gaffe": ("a slip of the tongue", "失言"),
        "Loss": ("loss of property", "物品遗失"),
        "Maintenance error": ("a maintenance mistake", "维护操作失误"),
        "Malfunction": ("a technical malfunction", "技术故障"),
        "Misconfiguration": ("a wrong configuration", "配置错误"),
        "Misdelivery": ("delivery to the wrong recipient", "误发给错误的收件人"),
        "Misinformation": ("wrong information given in good faith", "无意中提供错误信息"),
        "Physical accidents": ("a physical accident", "物理意外"),
        "Programming error": ("a programming error", "程序错误"),
        "Publishing error": ("publication by mistake", "误公开"),
        "Other": ("a less common mistake", "较少见的失误"),
        "Unknown": ("a mistake not yet identified", "尚未查明的失误"),
        "Omission": ("something left undone", "应做未做的疏漏"),
    }
)

ERROR_VECTOR = texts(
    {
        "Carelessness": ("carelessness", "粗心大意"),
        "Inadequate personnel": ("too few or untrained staff", "人员不足或缺乏培训"),
        "Inadequate processes": ("inadequate procedures", "流程不完善"),
        "Inadequate technology": ("inadequate technology", "技术条件不足"),
        "Other": ("a less common reason", "较少见的原因"),
        "Random error": ("pure chance", "偶然差错"),
        "Web application": ("the way a web application works", "Web 应用的处理方式"),
        "Unknown": ("a reason not yet identified", "尚未查明的原因"),
    }
)

ENVIRONMENTAL_VARIETY = texts(
    {
        "Deterioration": ("wear and ageing", "老化劣化"),
        "Earthquake": ("an earthquake", "地震"),
        "EMI": ("electromagnetic interference", "电磁干扰"),
        "ESD": ("an electrostatic discharge", "静电放电"),
        "Fire": ("a fire", "火灾"),
        "Flood": ("a flood", "洪水"),
        "Hazmat": ("hazardous material", "危险物质"),
        "Humidity": ("humidity", "湿度异常"),
        "Hurricane": ("a hurricane", "飓风"),
        "Ice": ("ice and snow", "冰雪"),
        "Landslide": ("a landslide", "山体滑坡"),
        "Leak": ("a water leak", "漏水"),
        "Lightning": ("lightning", "雷击"),
        "Meteorite": ("a meteorite", "陨石"),
        "Particulates": ("dust or smoke", "粉尘或烟雾"),
        "Pathogen": ("an outbreak of disease", "疫病"),
        "Power failure": ("a power failure", "断电"),
        "Temperature": ("extreme temperature", "温度异常"),
        "Tornado": ("a tornado", "龙卷风"),
        "Tsunami": ("a tsunami", "海啸"),
        "Vermin": ("vermin", "虫鼠侵害"),
        "Volcano": ("a volcanic eruption", "火山喷发"),
        "Wind": ("strong wind", "大风"),
        "Other": ("a less common influence", "较少见的环境因素"),
        "Unknown": ("an influence not yet identified", "尚未查明的环境因素"),
    }
)
