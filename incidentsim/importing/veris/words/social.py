"""Words for `action.social` and `action.misuse`: what people were talked into, and what they did with their access."""

from incidentsim.importing.veris.words.table import texts

VARIETY = texts(
    {
        "Baiting": ("bait left for somebody to pick up", "投放诱饵"),
        "Bribery": ("bribery", "贿赂"),
        "Elicitation": ("drawing out of information in conversation", "谈话套取信息"),
        "Evade Defenses": ("evasion of the defences", "规避安全防御"),
        "Extortion": ("extortion", "敲诈勒索"),
        "Forgery": ("forgery", "伪造"),
        "Influence": ("use of influence", "施加影响"),
        "Phishing": ("phishing", "网络钓鱼"),
        "Pretexting": ("an invented story (pretexting)", "编造借口行骗"),
        "Prompt bombing": ("a flood of login confirmation prompts", "登录确认请求轰炸"),
        "Propaganda": ("propaganda", "散布虚假宣传"),
        "Scam": ("a scam", "骗局"),
        "Spam": ("spam", "垃圾信息"),
        "Other": ("a less common ruse", "较少见的骗术"),
        "Unknown": ("a ruse not yet identified", "尚未查明的骗术"),
    }
)

VECTOR = texts(
    {
        "Documents": ("documents", "文件资料"),
        "Email": ("e-mail", "电子邮件"),
        "IM": ("instant messaging", "即时通讯"),
        "In-person": ("a meeting in person", "当面接触"),
        "Partner": ("a partner", "合作方"),
        "Phone": ("the phone", "电话"),
        "Removable media": ("removable media", "移动存储介质"),
        "SMS": ("text messages", "短信"),
        "Social media": ("social media", "社交媒体"),
        "Software": ("software", "软件"),
        "Virtual meeting": ("a video meeting", "视频会议"),
        "Web application": ("a web application", "Web 应用"),
        "Other": ("a less common channel", "较少见的渠道"),
        "Unknown": ("a channel not yet identified", "尚未查明的渠道"),
        "Website": ("a website", "网站"),
    }
)

TARGET = texts(
    {
        "Auditor": ("an auditor", "审计人员"),
        "Call center": ("a call-centre agent", "呼叫中心坐席"),
        "Cashier": ("a cashier", "收银员"),
        "Customer": ("a customer", "客户"),
        "Developer": ("a developer", "开发人员"),
        "End-user": ("a user", "普通用户"),
        "End-user or employee": ("a user or employee", "用户或员工"),
        "Executive": ("an executive", "高级管理人员"),
        "Finance": ("a member of the finance staff", "财务人员"),
        "Former employee": ("a former employee", "离职员工"),
        "Guard": ("a security guard", "保安"),
        "Helpdesk": ("a member of the helpdesk", "服务台人员"),
        "Human resources": ("a member of the personnel staff", "人力资源人员"),
        "Maintenance": ("a member of the maintenance staff", "维护人员"),
        "Manager": ("a manager", "经理"),
        "Other employee": ("another employee", "其他员工"),
        "Partner": ("a partner's employee", "合作方人员"),
        "System admin": ("a system administrator", "系统管理员"),
        "Other": ("a person in another position", "其他岗位的人员"),
        "Unknown": ("a person not yet identified", "尚未确定的人员"),
    }
)

MISUSE_VARIETY = texts(
    {
        "Data mishandling": ("mishandling of data", "违规处理数据"),
        "Email misuse": ("misuse of e-mail", "滥用电子邮件"),
        "Evade Defenses": ("evasion of the defences", "规避安全防御"),
        "Illicit content": ("storing or passing on of illicit content", "存储或传播违法内容"),
        "Knowledge abuse": ("abuse of confidential knowledge", "滥用所掌握的内部信息"),
        "Net misuse": ("misuse of the network", "滥用网络"),
        "Password or Session Sharing": ("sharing of a password or session", "共用口令或会话"),
        "Possession abuse": ("abuse of entrusted property", "滥用所持有的物品或介质"),
        "Privilege abuse": ("abuse of access rights", "滥用访问权限"),
        "Snap picture": ("photographing of confidential material", "拍摄保密资料"),
        "Unapproved hardware": ("use of unapproved hardware", "使用未经批准的硬件"),
        "Unapproved software": ("use of unapproved software", "使用未经批准的软件"),
        "Unapproved workaround": ("an unapproved workaround", "未经批准的变通做法"),
        "Other": ("a less common misuse", "较少见的滥用行为"),
        "Unknown": ("a misuse not yet identified", "尚未查明的滥用行为"),
    }
)

MISUSE_VECTOR = texts(
    {
        "LAN access": ("the internal network", "内部网络"),
        "Non-corporate": ("networks or places outside the company", "公司以外的网络或场所"),
        "Physical access": ("physical access", "物理接触"),
        "Remote access": ("remote access", "远程访问"),
        "Web application": ("a web application", "Web 应用"),
        "Other": ("a less common route", "较少见的途径"),
        "Unknown": ("a route not yet identified", "尚未查明的途径"),
    }
)
