"""Words for `attribute`: kinds of data (noun phrases), and sentences about what was disclosed, changed or lost."""

from incidentsim.importing.veris.words.table import texts

DISCLOSURE = texts(
    {
        "No": ("No data has reached anybody who may not have it.", "没有数据落入无权知悉者之手。"),
        "Potentially": (
            "Whether data has really reached people who may not have it is still open.",
            "数据是否确已落入无权知悉者之手，尚待查明。",
        ),
        "Yes": (
            "It is established that data has reached people who may not have it.",
            "已查明数据落入无权知悉者之手。",
        ),
        "Unknown": ("Whether data got out is not known.", "数据是否外泄尚不清楚。"),
    }
)

DATA = texts(
    {
        "API key": ("API keys", "接口密钥"),
        "Bank": ("bank account data", "银行账户信息"),
        "Classified": ("classified information", "涉密信息"),
        "Copyrighted": ("copyrighted works", "受版权保护的作品"),
        "Credentials": ("login credentials", "登录凭证"),
        "Digital certificate": ("digital certificates", "数字证书"),
        "Internal": ("internal company data", "公司内部资料"),
        "Medical": ("medical data", "医疗健康信息"),
        "Multi-factor credential": ("second-factor credentials", "多因素认证凭证"),
        "Payment": ("payment card data", "支付卡信息"),
        "Personal": ("personal data", "个人信息"),
        "Sensitive Personal": ("sensitive personal data", "敏感个人信息"),
        "Secrets": ("trade secrets", "商业秘密"),
        "Session key": ("session keys", "会话密钥"),
        "Source code": ("source code", "源代码"),
        "System": ("system data", "系统信息"),
        "Virtual currency": ("virtual currency", "虚拟货币"),
        "Other": ("data of a less common kind", "其他类型的数据"),
        "Unknown": ("data not yet identified", "类型尚未查明的数据"),
    }
)

DATA_VICTIM = texts(
    {
        "Customer": ("customers", "客户"),
        "Employee": ("employees", "员工"),
        "Partner": ("partners", "合作方"),
        "Patient": ("patients", "患者"),
        "Student": ("students", "学生"),
        "Victim organization": ("the company itself", "公司自身"),
        "Other": ("other people", "其他人员"),
        "Unknown": ("people not yet identified", "尚未查明的人员"),
    }
)

DATA_STATE = texts(
    {
        "Processed": ("The data was being processed at the time.", "数据当时正在处理中。"),
        "Stored": ("The data lay in storage.", "数据当时处于存储状态。"),
        "Stored encrypted": ("The data lay encrypted in storage.", "数据当时以加密方式存储。"),
        "Stored unencrypted": ("The data lay unencrypted in storage.", "数据当时以未加密方式存储。"),
        "Transmitted": ("The data was on its way over a network.", "数据当时正在传输中。"),
        "Transmitted encrypted": ("The data was on its way, encrypted.", "数据当时正以加密方式传输。"),
        "Transmitted unencrypted": ("The data was on its way, unencrypted.", "数据当时正以未加密方式传输。"),
        "Other": ("The data was in a less common state.", "数据当时处于较少见的状态。"),
        "Unknown": ("In what state the data was is not known.", "数据当时的状态尚不清楚。"),
        "Printed": ("The data was on paper.", "数据当时为纸质形式。"),
    }
)

INTEGRITY = texts(
    {
        "Alter behavior": (
            "Somebody was led to act against the company's interest.",
            "有人被诱导作出有损公司利益的行为。",
        ),
        "Created account": ("An account has been created that nobody ordered.", "出现了未经申请的新账号。"),
        "Defacement": ("A public page shows something we did not put there.", "对外页面被篡改。"),
        "Fraudulent transaction": ("Fraudulent transactions have been made.", "发生了欺诈交易。"),
        "Hardware tampering": ("Equipment has been tampered with.", "设备硬件被动过手脚。"),
        "Log tampering": ("Logs have been tampered with.", "日志被篡改。"),
        "Misrepresentation": ("Somebody has posed as the company or its staff.", "有人冒充公司或其员工。"),
        "Modify authentication": ("The way people log in has been altered.", "身份认证方式被改动。"),
        "Modify configuration": ("A configuration has been altered.", "系统配置被改动。"),
        "Modify data": ("Data has been altered.", "数据被篡改。"),
        "Modify privileges": ("Access rights have been altered.", "访问权限被改动。"),
        "Register MFA device": ("A foreign device has been registered for login.", "登录认证中被注册了外来设备。"),
        "Repurpose": ("A system now serves somebody else's purpose.", "系统被他人挪作他用。"),
        "Software installation": (
            "Software has been installed that nobody approved.",
            "系统中被安装了未经批准的软件。",
        ),
        "Other": ("Something has been altered in a less common way.", "存在较少见的篡改情况。"),
        "Unknown": ("Something has been altered; what exactly is not known.", "存在篡改，具体情况尚不清楚。"),
    }
)

AVAILABILITY = texts(
    {
        "Acceleration": ("A process runs faster than it should.", "某一过程运行得异常之快。"),
        "Degradation": ("A service answers slowly or only in part.", "服务响应缓慢或部分不可用。"),
        "Destruction": ("Something has been destroyed.", "有资产遭到毁坏。"),
        "Interruption": ("A service does not answer.", "服务中断。"),
        "Loss": ("Something that should be there is gone.", "应有的资产不见了。"),
        "Obscuration": ("Files can no longer be read.", "文件无法读取。"),
        "Other": ("Something cannot be used as it should.", "有资产无法正常使用。"),
        "Unknown": ("Something is out of use; what exactly is not known.", "有资产不可用，具体情况尚不清楚。"),
    }
)
