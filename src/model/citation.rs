//! Which standard, which clause, how strongly. A plain text is no citation and does not compile.

use std::borrow::Cow;

use super::Protocol;

/// A clause of a standard.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Citation {
    /// The document.
    pub standard: Standard,
    /// The clause, such as `§4.1`; empty where the document as a whole is meant.
    pub clause: Cow<'static, str>,
    /// How strongly it speaks.
    pub verb: Verb,
    /// The protocol that it is about, where it says nothing of the others.
    pub of: Option<Protocol>,
}

impl Citation {
    /// A clause known when the program was written.
    pub const fn new(standard: Standard, clause: &'static str, verb: Verb) -> Self {
        Citation {
            standard,
            clause: Cow::Borrowed(clause),
            verb,
            of: None,
        }
    }

    /// A clause about one protocol: cited only where that is spoken.
    pub const fn of(
        protocol: Protocol,
        standard: Standard,
        clause: &'static str,
        verb: Verb,
    ) -> Self {
        Citation {
            standard,
            clause: Cow::Borrowed(clause),
            verb,
            of: Some(protocol),
        }
    }
}

/// How strongly a clause speaks (RFC 2119), or that the reading is ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verb {
    /// MUST or SHALL, and their negations.
    Must,
    /// SHOULD or RECOMMENDED, and their negations.
    Should,
    /// MAY.
    May,
    /// A statement without such a word.
    States,
    /// In no standard: mailfleet's own interpretation, and said to be so.
    Interpretation,
}

macro_rules! standards {
    ($($variant:ident $key:literal $cite:literal $title:literal $title_zh:literal;)*) => {
        /// A document that can be cited. Titles: shared register of standards; Chinese titles of
        /// IETF documents are translations, not official ones.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Standard { $(#[doc = $title] $variant,)* }

        impl Standard {
            /// Every document.
            pub const ALL: &'static [Standard] = &[$(Standard::$variant),*];

            /// The word by which policies name it.
            pub const fn key(self) -> &'static str { match self { $(Standard::$variant => $key,)* } }
            /// How it is cited.
            pub const fn cite(self) -> &'static str { match self { $(Standard::$variant => $cite,)* } }
            /// Its English title.
            pub const fn title(self) -> &'static str { match self { $(Standard::$variant => $title,)* } }
            /// Its title in Chinese.
            pub const fn title_zh(self) -> &'static str { match self { $(Standard::$variant => $title_zh,)* } }
        }
    };
}

standards! {
    Mailfleet "mailfleet" "mailfleet" "mailfleet interpretation" "mailfleet 的解释";
    CabBr "cab-br" "CA/B BR" "Baseline Requirements for the Issuance and Management of Publicly-Trusted TLS Server Certificates" "公开可信 TLS 服务器证书签发与管理基线要求";
    GbT38636 "gbt38636" "GB/T 38636-2020" "Information security technology — Transport layer cryptography protocol (TLCP)" "信息安全技术 传输层密码协议（TLCP）";
    Rfc1939 "rfc1939" "RFC 1939" "Post Office Protocol - Version 3" "邮局协议第 3 版";
    Rfc2595 "rfc2595" "RFC 2595" "Using TLS with IMAP, POP3 and ACAP" "在 IMAP、POP3 与 ACAP 中使用 TLS";
    Rfc3207 "rfc3207" "RFC 3207" "SMTP Service Extension for Secure SMTP over Transport Layer Security" "基于 TLS 的安全 SMTP 服务扩展";
    Rfc4954 "rfc4954" "RFC 4954" "SMTP Service Extension for Authentication" "SMTP 身份验证服务扩展";
    Rfc5034 "rfc5034" "RFC 5034" "The Post Office Protocol (POP3) Simple Authentication and Security Layer (SASL) Authentication Mechanism" "POP3 的 SASL 身份验证机制";
    Rfc5280 "rfc5280" "RFC 5280" "Internet X.509 Public Key Infrastructure Certificate and Certificate Revocation List (CRL) Profile" "互联网 X.509 公钥基础设施证书与证书吊销列表(CRL)轮廓";
    Rfc5321 "rfc5321" "RFC 5321" "Simple Mail Transfer Protocol" "简单邮件传输协议";
    Rfc5804 "rfc5804" "RFC 5804" "A Protocol for Remotely Managing Sieve Scripts" "远程管理 Sieve 脚本的协议";
    Rfc6176 "rfc6176" "RFC 6176" "Prohibiting Secure Sockets Layer (SSL) Version 2.0" "禁止 SSL 2.0";
    Rfc6409 "rfc6409" "RFC 6409" "Message Submission for Mail" "邮件提交";
    Rfc6698 "rfc6698" "RFC 6698" "The DNS-Based Authentication of Named Entities (DANE) Transport Layer Security (TLS) Protocol: TLSA" "基于 DNS 的命名实体身份验证(DANE)TLS 协议：TLSA";
    Rfc6960 "rfc6960" "RFC 6960" "X.509 Internet Public Key Infrastructure Online Certificate Status Protocol - OCSP" "X.509 互联网公钥基础设施在线证书状态协议(OCSP)";
    Rfc7465 "rfc7465" "RFC 7465" "Prohibiting RC4 Cipher Suites" "禁止 RC4 密码套件";
    Rfc7568 "rfc7568" "RFC 7568" "Deprecating Secure Sockets Layer Version 3.0" "弃用 SSL 3.0";
    Rfc7671 "rfc7671" "RFC 7671" "The DNS-Based Authentication of Named Entities (DANE) Protocol: Updates and Operational Guidance" "DANE 协议：更新与运行指南";
    Rfc7633 "rfc7633" "RFC 7633" "X.509v3 Transport Layer Security (TLS) Feature Extension" "X.509v3 TLS 特性扩展";
    Rfc7817 "rfc7817" "RFC 7817" "Updated Transport Layer Security (TLS) Server Identity Check Procedure for Email-Related Protocols" "电子邮件相关协议的 TLS 服务器身份检查规程(更新)";
    Rfc8314 "rfc8314" "RFC 8314" "Cleartext Considered Obsolete: Use of Transport Layer Security (TLS) for Email Submission and Access" "明文已过时：电子邮件提交与访问中传输层安全(TLS)的使用";
    Rfc8996 "rfc8996" "RFC 8996" "Deprecating TLS 1.0 and TLS 1.1" "弃用 TLS 1.0 与 TLS 1.1";
    Rfc8997 "rfc8997" "RFC 8997" "Deprecation of TLS 1.1 for Email Submission and Access" "电子邮件提交与访问弃用 TLS 1.1";
    Rfc9051 "rfc9051" "RFC 9051" "Internet Message Access Protocol (IMAP) - Version 4rev2" "Internet 消息访问协议 4rev2 版";
    Rfc9155 "rfc9155" "RFC 9155" "Deprecating MD5 and SHA-1 Signature Hashes in TLS 1.2 and DTLS 1.2" "弃用 TLS 1.2 与 DTLS 1.2 中的 MD5 与 SHA-1 签名散列";
    Rfc9325 "rfc9325" "RFC 9325" "Recommendations for Secure Use of Transport Layer Security (TLS) and Datagram Transport Layer Security (DTLS)" "安全使用 TLS 与 DTLS 的建议";
    Rfc9525 "rfc9525" "RFC 9525" "Service Identity in TLS" "TLS 中的服务身份";
    Rfc9846 "rfc9846" "RFC 9846" "The Transport Layer Security (TLS) Protocol Version 1.3" "传输层安全(TLS)协议 1.3 版";
    Rfc10015 "rfc10015" "RFC 10015" "Deprecating Obsolete Key Exchange Methods in TLS 1.2 and DTLS 1.2" "弃用 TLS 1.2 与 DTLS 1.2 中过时的密钥交换方法";
    Rfc10024 "rfc10024" "RFC 10024" "Post-Quantum Traditional (PQ/T) Hybrid Key Agreement Mechanisms for TLS 1.3" "TLS 1.3 的后量子/传统混合密钥协商机制";
}
