"""Words for `asset`: things that can be counted, and sentences about whose and where they are."""

from incidentsim.importing.veris.words.table import nouns, texts

VARIETY = nouns(
    {
        "M - Disk drive": ("a disk drive", "disk drives", "硬盘", "块"),
        "M - Disk media": ("a disc", "discs", "光盘或软盘", "张"),
        "M - Documents": ("paper documents", "paper documents", "纸质文件", "份"),
        "M - Flash drive": ("a flash drive", "flash drives", "U 盘", "个"),
        "M - Payment card": ("a payment card", "payment cards", "支付卡", "张"),
        "M - Smart card": ("a smart card", "smart cards", "智能卡", "张"),
        "M - SIM card": ("a SIM card", "SIM cards", "SIM 卡", "张"),
        "M - Tapes": ("a backup tape", "backup tapes", "磁带", "盘"),
        "M - Other": ("a less common storage medium", "less common storage media", "较少见的存储介质", "件"),
        "M - Unknown": (
            "a storage medium not yet identified",
            "storage media not yet identified",
            "尚未确认的存储介质",
            "件",
        ),
        "M - Fax": ("a fax", "faxes", "传真", "份"),
        "N - Access reader": ("an access card reader", "access card readers", "门禁读卡器", "台"),
        "N - Broadband": ("a mobile broadband link", "mobile broadband links", "移动宽带线路", "条"),
        "N - Camera": ("a surveillance camera", "surveillance cameras", "监控摄像机", "台"),
        "N - Firewall": ("a firewall", "firewalls", "防火墙", "台"),
        "N - IDS": ("an intrusion detection system", "intrusion detection systems", "入侵检测系统", "套"),
        "N - LAN": ("a wired network", "wired networks", "有线局域网", "个"),
        "N - NAS": ("a network storage device", "network storage devices", "网络附加存储", "台"),
        "N - PBX": ("a telephone exchange", "telephone exchanges", "电话交换机", "台"),
        "N - PLC": ("a programmable controller", "programmable controllers", "可编程控制器", "台"),
        "N - Private WAN": ("a private wide-area network", "private wide-area networks", "专用广域网", "个"),
        "N - Public WAN": ("a public wide-area network", "public wide-area networks", "公共广域网", "个"),
        "N - Remote access": ("a remote-access gateway", "remote-access gateways", "远程接入网关", "台"),
        "N - Router or switch": ("a router or switch", "routers or switches", "路由器或交换机", "台"),
        "N - RTU": ("a remote control terminal", "remote control terminals", "远程测控终端", "台"),
        "N - SAN": ("a storage network", "storage networks", "存储区域网络", "个"),
        "N - Telephone": ("a telephone line", "telephone lines", "电话线路", "条"),
        "N - VoIP adapter": ("an internet telephony adapter", "internet telephony adapters", "网络电话适配器", "台"),
        "N - WLAN": ("a wireless network", "wireless networks", "无线局域网", "个"),
        "N - Other": ("a less common network device", "less common network devices", "较少见的网络设备", "台"),
        "N - Unknown": (
            "a network device not yet identified",
            "network devices not yet identified",
            "尚未确认的网络设备",
            "台",
        ),
        "P - Auditor": ("an auditor", "auditors", "审计人员", "名"),
        "P - Call center": ("a call-centre agent", "call-centre agents", "呼叫中心坐席", "名"),
        "P - Cashier": ("a cashier", "cashiers", "收银员", "名"),
        "P - Customer": ("a customer", "customers", "客户", "名"),
        "P - Developer": ("a developer", "developers", "开发人员", "名"),
        "P - End-user": ("a user", "users", "普通用户", "名"),
        "P - End-user or employee": ("a user or employee", "users or employees", "用户或员工", "名"),
        "P - Executive": ("an executive", "executives", "高级管理人员", "名"),
        "P - Finance": ("a member of the finance staff", "members of the finance staff", "财务人员", "名"),
        "P - Former employee": ("a former employee", "former employees", "离职员工", "名"),
        "P - Guard": ("a security guard", "security guards", "保安", "名"),
        "P - Helpdesk": ("a member of the helpdesk", "members of the helpdesk", "服务台人员", "名"),
        "P - Human resources": (
            "a member of the personnel staff",
            "members of the personnel staff",
            "人力资源人员",
            "名",
        ),
        "P - Maintenance": ("a member of the maintenance staff", "members of the maintenance staff", "维护人员", "名"),
        "P - Manager": ("a manager", "managers", "经理", "名"),
        "P - Other employee": ("another employee", "other employees", "其他员工", "名"),
        "P - Partner": ("a partner's employee", "employees of a partner", "合作方人员", "名"),
        "P - System admin": ("a system administrator", "system administrators", "系统管理员", "名"),
        "P - Other": ("a person in another position", "people in other positions", "其他岗位人员", "名"),
        "P - Unknown": ("a person not yet identified", "people not yet identified", "身份尚未确认的人员", "名"),
        "S - Authentication": ("a login server", "login servers", "身份认证服务器", "台"),
        "S - Backup": ("a backup server", "backup servers", "备份服务器", "台"),
        "S - Configuration or patch management": (
            "a configuration and patch server",
            "configuration and patch servers",
            "配置或补丁管理服务器",
            "台",
        ),
        "S - Code repository": ("a code repository", "code repositories", "代码仓库", "个"),
        "S - Database": ("a database", "databases", "数据库", "个"),
        "S - DCS": ("a distributed control system", "distributed control systems", "分散控制系统", "套"),
        "S - DHCP": ("a DHCP server", "DHCP servers", "DHCP 服务器", "台"),
        "S - Directory": ("a directory server", "directory servers", "目录服务器", "台"),
        "S - DNS": ("a name server", "name servers", "域名服务器", "台"),
        "S - File": ("a file server", "file servers", "文件服务器", "台"),
        "S - ICS": ("an industrial control system", "industrial control systems", "工业控制系统", "套"),
        "S - LLM application": ("a language-model application", "language-model applications", "大语言模型应用", "个"),
        "S - Log": ("a log server", "log servers", "日志服务器", "台"),
        "S - Mail": ("a mail server", "mail servers", "邮件服务器", "台"),
        "S - Mainframe": ("a mainframe", "mainframes", "大型机", "台"),
        "S - Payment switch": ("a payment switch", "payment switches", "支付交换系统", "套"),
        "S - POS controller": (
            "a controller of cash registers",
            "controllers of cash registers",
            "收银控制服务器",
            "台",
        ),
        "S - Print": ("a print server", "print servers", "打印服务器", "台"),
        "S - Proxy": ("a proxy server", "proxy servers", "代理服务器", "台"),
        "S - Secrets vault": ("a vault for keys and secrets", "vaults for keys and secrets", "密钥保管系统", "套"),
        "S - VM host": ("a host of virtual machines", "hosts of virtual machines", "虚拟化主机", "台"),
        "S - Web application": ("a web application", "web applications", "Web 应用", "个"),
        "S - Other": ("a less common server", "less common servers", "较少见的服务器", "台"),
        "S - Unknown": ("a server not yet identified", "servers not yet identified", "尚未确认的服务器", "台"),
        "T - ATM": ("a cash machine", "cash machines", "自动柜员机", "台"),
        "T - Gas terminal": (
            "a payment terminal at a fuel pump",
            "payment terminals at fuel pumps",
            "加油支付终端",
            "台",
        ),
        "T - Kiosk": ("a self-service kiosk", "self-service kiosks", "自助终端", "台"),
        "T - PED pad": ("a card reader with keypad", "card readers with keypads", "密码键盘", "台"),
        "T - Other": ("a less common public terminal", "less common public terminals", "较少见的公共终端", "台"),
        "T - Unknown": (
            "a public terminal not yet identified",
            "public terminals not yet identified",
            "尚未确认的公共终端",
            "台",
        ),
        "U - Auth token": ("a login token", "login tokens", "身份认证令牌", "个"),
        "U - Desktop": ("a desktop computer", "desktop computers", "台式电脑", "台"),
        "U - Desktop or laptop": ("a desktop or laptop", "desktops or laptops", "台式或笔记本电脑", "台"),
        "U - Laptop": ("a laptop", "laptops", "笔记本电脑", "台"),
        "U - Media": ("a media player or recorder", "media players or recorders", "媒体播放或录制设备", "台"),
        "U - Mobile phone": ("a mobile phone", "mobile phones", "手机", "部"),
        "U - Peripheral": ("a peripheral device", "peripheral devices", "外围设备", "台"),
        "U - POS terminal": ("a point-of-sale terminal", "point-of-sale terminals", "收银终端", "台"),
        "U - Tablet": ("a tablet", "tablets", "平板电脑", "台"),
        "U - Telephone": ("a telephone", "telephones", "电话机", "部"),
        "U - VoIP phone": ("an internet telephone", "internet telephones", "网络电话机", "部"),
        "U - Other": ("a less common user device", "less common user devices", "较少见的用户设备", "台"),
        "U - Unknown": (
            "a user device not yet identified",
            "user devices not yet identified",
            "尚未确认的用户设备",
            "台",
        ),
        "E - Telemetry": ("a telemetry device", "telemetry devices", "遥测设备", "台"),
        "E - Telematics": ("a vehicle telematics device", "vehicle telematics devices", "车载信息设备", "台"),
        "E - Other": ("a less common embedded device", "less common embedded devices", "较少见的嵌入式设备", "台"),
        "E - Unknown": (
            "an embedded device not yet identified",
            "embedded devices not yet identified",
            "尚未确认的嵌入式设备",
            "台",
        ),
        "Unknown": ("a system not yet identified", "systems not yet identified", "尚未确认的系统", "个"),
        "Other": ("a less common kind of asset", "less common assets", "较少见的资产", "件"),
        "N - HSM": ("a hardware key vault", "hardware key vaults", "硬件密码机", "台"),
        "S - Remote access": ("a remote-access server", "remote-access servers", "远程接入服务器", "台"),
        "S - SCADA": ("an industrial control system", "industrial control systems", "工业控制系统", "套"),
    }
)

OWNERSHIP = texts(
    {
        "Customer": ("It belongs to a customer.", "该资产属于客户。"),
        "Employee": ("It belongs to an employee personally.", "该资产为员工个人所有。"),
        "NA": ("The question of who owns it does not arise.", "不涉及资产归属问题。"),
        "Partner": ("It belongs to a partner.", "该资产属于合作方。"),
        "Unknown": ("Who owns it is not known.", "资产归属尚不清楚。"),
        "Victim": ("It belongs to the company.", "该资产属于本公司。"),
        "Other": ("It belongs to somebody else.", "该资产属于其他方。"),
    }
)

CLOUD = texts(
    {
        "On-Premise Asset(s)": ("It stands on our own premises, not in a cloud.", "该资产部署在本地，不在云上。"),
        "External Cloud Asset(s)": ("It runs in an outside cloud.", "该资产运行在外部云上。"),
        "Other": ("Its relation to any cloud is out of the ordinary.", "该资产与云环境的关系较为特殊。"),
        "Unknown": ("Whether a cloud is involved is not known.", "是否涉及云环境尚不清楚。"),
        "NA": ("No cloud is involved.", "不涉及云环境。"),
        "Customer attack": ("Another customer of the same cloud is involved.", "涉及同一云平台上的其他客户。"),
        "Hosting error": ("A mistake of the cloud provider is involved.", "涉及云服务商的失误。"),
        "Hosting governance": ("The cloud provider's administration is involved.", "涉及云服务商的管理问题。"),
        "Hypervisor": ("The cloud's hypervisor is involved.", "涉及云平台的虚拟化层。"),
        "Partner application": ("A partner's application in the cloud is involved.", "涉及合作方的云上应用。"),
        "User breakout": ("The isolation between users of the cloud is involved.", "涉及云平台的用户隔离。"),
        "No": ("No cloud is involved.", "不涉及云环境。"),
    }
)

HOSTING = texts(
    {
        "External - unknown environment": ("It is hosted outside the company.", "该资产托管在公司外部。"),
        "External - dedicated environment": (
            "It is hosted outside the company, on machines of its own.",
            "该资产托管在公司外部的专用环境。",
        ),
        "External - shared environment": (
            "It is hosted outside the company, on machines shared with others.",
            "该资产托管在公司外部的共享环境。",
        ),
        "Internal": ("It is hosted by the company itself.", "该资产由公司自行托管。"),
        "NA": ("The question of hosting does not arise.", "不涉及托管问题。"),
        "Other": ("It is hosted in some other way.", "该资产以其他方式托管。"),
        "Unknown": ("Where it is hosted is not known.", "托管位置尚不清楚。"),
        "External": ("It is hosted outside the company.", "该资产托管在公司外部。"),
        "External dedicated": (
            "It is hosted outside the company, on machines of its own.",
            "该资产托管在公司外部的专用环境。",
        ),
        "External shared": (
            "It is hosted outside the company, on machines shared with others.",
            "该资产托管在公司外部的共享环境。",
        ),
    }
)

MANAGEMENT = texts(
    {
        "External": ("An outside firm administers it.", "由外部单位负责运维。"),
        "Internal": ("Our own people administer it.", "由本公司负责运维。"),
        "Co-managed": ("We and an outside firm administer it together.", "由本公司与外部单位共同运维。"),
        "NA": ("The question of who administers it does not arise.", "不涉及运维责任问题。"),
        "Unknown": ("Who administers it is not known.", "运维责任方尚不清楚。"),
        "Other": ("It is administered in some other way.", "以其他方式运维。"),
    }
)

ROLE = texts(
    {
        "IT": ("It is part of the information technology.", "该资产属于信息技术系统。"),
        "OT": ("It is part of the technology that controls machinery.", "该资产属于控制物理设备的运营技术系统。"),
        "Unknown": ("Whether it serves offices or machinery is not known.", "该资产属于信息系统还是控制系统尚不清楚。"),
        "Other": (
            "It serves neither offices nor machinery in the usual sense.",
            "该资产不属于通常的信息系统或控制系统。",
        ),
        "NA": ("Whether it serves offices or machinery does not matter here.", "不涉及信息系统与控制系统之分。"),
    }
)
