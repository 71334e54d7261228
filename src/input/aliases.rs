//! Which header fills which field, in English and Chinese.

use super::fields::Attribute::{Host, Port, Security};
use super::fields::Column::{self, *};
use super::fields::Service::{Imap, Incoming, Pop3, Smtp};

/// Headers by the field that they fill, as [`super::fields::normal`] leaves them.
pub(super) const ALIASES: &[(Column, &[&str])] = &[
    (
        Employee,
        &[
            "employee",
            "name",
            "fullname",
            "displayname",
            "user",
            "staff",
            "owner",
            "person",
            "employeename",
            "姓名",
            "员工",
            "员工姓名",
            "使用人",
            "用户",
            "名称",
            "显示名",
            "责任人",
        ],
    ),
    (
        EmployeeId,
        &[
            "employeeid",
            "staffno",
            "id",
            "empno",
            "工号",
            "员工编号",
            "编号",
        ],
    ),
    (
        Department,
        &[
            "department",
            "dept",
            "team",
            "unit",
            "ou",
            "site",
            "部门",
            "科室",
            "团队",
            "单位",
            "分公司",
        ],
    ),
    (
        Email,
        &[
            "email",
            "emailaddress",
            "mail",
            "address",
            "mailbox",
            "邮箱",
            "邮箱地址",
            "电子邮件",
            "电子邮件地址",
            "电子邮箱",
            "邮件地址",
            "邮件账号",
            "邮箱账号",
            "邮件帐号",
            "邮箱帐号",
        ],
    ),
    (EmailOrLogin, &["account", "账号", "帐号", "账户", "帐户"]),
    (
        Client,
        &[
            "client",
            "mailclient",
            "app",
            "application",
            "software",
            "mua",
            "客户端",
            "邮件客户端",
            "邮件软件",
            "软件",
        ],
    ),
    (
        ClientVersion,
        &["version", "clientversion", "build", "版本", "客户端版本"],
    ),
    (Language, &["language", "lang", "locale", "语言"]),
    (
        Column::Protocol,
        &[
            "protocol",
            "accounttype",
            "incomingtype",
            "servertype",
            "协议",
            "邮件协议",
            "账户类型",
            "帐户类型",
            "接收服务器类型",
            "收信协议",
        ],
    ),
    (ProtocolOrSecurity, &["type", "类型"]),
    (
        Of(Incoming, Host),
        &[
            "incomingserver",
            "incomingmailserver",
            "incominghost",
            "server",
            "host",
            "hostname",
            "mailserver",
            "incomingmailserverhostname",
            "收件服务器",
            "接收服务器",
            "接收邮件服务器",
            "收信服务器",
            "服务器",
            "服务器名称",
            "服务器地址",
            "邮件服务器",
            "主机",
            "主机名",
            "传入电子邮件服务器",
        ],
    ),
    (
        Of(Incoming, Port),
        &[
            "port",
            "incomingport",
            "serverport",
            "incomingmailserverportnumber",
            "端口",
            "端口号",
            "服务器端口",
            "收件端口",
            "接收端口",
            "收信端口",
            "收件服务器端口",
            "接收服务器端口",
        ],
    ),
    (
        Of(Incoming, Security),
        &[
            "security",
            "securitytype",
            "connectionsecurity",
            "incomingsecurity",
            "encryption",
            "encryptionmethod",
            "ssl",
            "usessl",
            "ssl/tls",
            "tls",
            "secure",
            "sockettype",
            "incomingmailserverusessl",
            "安全性",
            "安全类型",
            "连接安全",
            "加密",
            "加密方式",
            "加密方法",
            "加密类型",
            "加密连接",
            "是否加密",
            "是否ssl",
            "使用ssl",
            "启用ssl",
            "收件ssl",
            "收件加密",
        ],
    ),
    (
        Of(Pop3, Host),
        &[
            "pop3server",
            "popserver",
            "pop3host",
            "pophost",
            "pop服务器",
            "pop3服务器",
            "pop3地址",
        ],
    ),
    (
        Of(Pop3, Port),
        &["pop3port", "popport", "pop端口", "pop3端口"],
    ),
    (
        Of(Pop3, Security),
        &[
            "pop3security",
            "popsecurity",
            "pop3encryption",
            "pop3ssl",
            "popssl",
            "pop3usessl",
            "pop3加密",
            "pop加密",
        ],
    ),
    (
        Of(Imap, Host),
        &["imapserver", "imaphost", "imap服务器", "imap地址"],
    ),
    (Of(Imap, Port), &["imapport", "imap端口"]),
    (
        Of(Imap, Security),
        &[
            "imapsecurity",
            "imapencryption",
            "imapssl",
            "imapusessl",
            "imap加密",
        ],
    ),
    (
        Of(Smtp, Host),
        &[
            "smtp",
            "smtpserver",
            "smtphost",
            "outgoingserver",
            "outgoingmailserver",
            "outgoinghost",
            "submissionhost",
            "outgoingmailserverhostname",
            "smtp服务器",
            "smtp地址",
            "发件服务器",
            "发送服务器",
            "发送邮件服务器",
            "外发服务器",
            "发信服务器",
            "传出电子邮件服务器",
        ],
    ),
    (
        Of(Smtp, Port),
        &[
            "smtpport",
            "outgoingport",
            "submissionport",
            "outgoingmailserverportnumber",
            "smtp端口",
            "发件端口",
            "发送端口",
            "发信端口",
            "发件服务器端口",
            "发送服务器端口",
        ],
    ),
    (
        Of(Smtp, Security),
        &[
            "smtpsecurity",
            "smtpencryption",
            "outgoingsecurity",
            "smtpssl",
            "smtpusessl",
            "smtpsecureconnection",
            "outgoingmailserverusessl",
            "smtp加密",
            "发件加密",
            "发件ssl",
            "发送服务器加密",
        ],
    ),
    (
        Username,
        &[
            "username",
            "login",
            "loginname",
            "用户名",
            "登录名",
            "登录账号",
            "登录帐号",
        ],
    ),
    (
        Auth,
        &[
            "auth",
            "authentication",
            "authenticationmethod",
            "authmethod",
            "验证方式",
            "身份验证",
            "认证方式",
            "登录方式",
        ],
    ),
    (
        Note,
        &["note", "notes", "remark", "comment", "备注", "说明"],
    ),
];

/// Headers of columns that hold a secret; they are never read.
pub(super) const SECRETS: &[&str] = &[
    "password",
    "pwd",
    "pass",
    "apppassword",
    "secret",
    "token",
    "密码",
    "口令",
    "授权码",
    "客户端专用密码",
    "安全密码",
    "passwd",
    "emailpassword",
    "mailpassword",
    "mailboxpassword",
    "userpassword",
    "loginpassword",
    "accountpassword",
    "smtppassword",
    "imappassword",
    "pop3password",
    "incomingpassword",
    "outgoingpassword",
    "authcode",
    "authorizationcode",
    "邮箱密码",
    "邮件密码",
    "邮箱登录密码",
    "登录密码",
    "登陆密码",
    "账号密码",
    "帐号密码",
    "账户密码",
    "帐户密码",
    "用户密码",
    "初始密码",
    "邮箱口令",
    "登录口令",
    "邮箱授权码",
    "客户端授权码",
    "smtp授权码",
    "应用专用密码",
];

/// What headers of secrets often hold. A column is never taken for one by this alone.
const HINTS: [&str; 5] = ["password", "pwd", "密码", "口令", "授权码"];

/// Whether a header, in normal form, sounds like one of secrets.
pub(super) fn sounds_secret(normal: &str) -> bool {
    HINTS.iter().any(|hint| normal.contains(hint))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::input::fields::normal;

    #[test]
    fn each_alias_is_normal_and_means_one_thing() {
        let mut seen = BTreeSet::new();
        let headers = ALIASES.iter().flat_map(|(_, headers)| *headers);
        for header in headers.chain(SECRETS) {
            assert_eq!(normal(header), *header);
            assert!(seen.insert(header), "{header} stands twice");
        }
    }
}
