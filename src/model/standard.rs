//! The documents that can be cited, once: how each is cited, since when it holds, and its titles.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Since;

/// Where a Chinese title comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChineseTitle {
    /// It is the document's own, which is Chinese and names an English title beside it.
    Official,
    /// We say it ourselves, in either language.
    Ours,
    /// There is no Chinese edition: the title is our translation, and said to be one.
    Translated,
}

macro_rules! standards {
    ($($variant:ident $key:literal $cite:literal [$($since:literal),*] $chinese:ident $title:literal $title_zh:literal;)*) => {
        /// A document that can be cited.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Standard { $(#[doc = $title] $variant,)* }

        impl Standard {
            /// Every document.
            pub const ALL: &'static [Standard] = &[$(Standard::$variant),*];

            /// The word by which policies name it.
            pub const fn key(self) -> &'static str { match self { $(Standard::$variant => $key,)* } }
            /// How it is cited, with its edition where it has several.
            pub const fn cite(self) -> &'static str { match self { $(Standard::$variant => $cite,)* } }
            /// Since when it holds: a national standard since it took effect, others since they were
            /// published. `None` where that is not known for certain.
            pub const fn since(self) -> Option<Since> { match self { $(Standard::$variant => Since::of(&[$($since),*]),)* } }
            /// Its English title.
            pub const fn title(self) -> &'static str { match self { $(Standard::$variant => $title,)* } }
            /// Its title in Chinese.
            pub const fn title_zh(self) -> &'static str { match self { $(Standard::$variant => $title_zh,)* } }
            /// Where that comes from.
            pub const fn chinese(self) -> ChineseTitle { match self { $(Standard::$variant => standards!(@ $chinese),)* } }
        }
    };
    (@ official) => { ChineseTitle::Official };
    (@ ours) => { ChineseTitle::Ours };
    (@ translated) => { ChineseTitle::Translated };
}

/// By its word.
impl Serialize for Standard {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl<'de> Deserialize<'de> for Standard {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = String::deserialize(deserializer)?;
        let known = Standard::ALL.iter().find(|standard| standard.key() == key);
        known
            .copied()
            .ok_or_else(|| de::Error::custom("a document is cited that is not known here"))
    }
}

// One document in two lines: its name here, its word, how it is cited, since when it holds, where the
// Chinese title comes from, and the titles. Nothing stands here whose title was not seen.
standards! {
    Mailfleet "mailfleet" "mailfleet" [] ours "mailfleet interpretation"
        "mailfleet 的解释";
    OwnPolicy "own-policy" "own policy" [] ours "a value of the organisation's own policy"
        "本单位自定策略的取值";
    BsiTr021022 "bsi-tr-02102-2" "BSI TR-02102-2 (2026-01)" [2026, 2] translated "Cryptographic Mechanisms: Recommendations and Key Lengths, Part 2 – Use of Transport Layer Security (TLS)"
        "密码机制：建议与密钥长度 第 2 部分：TLS 的使用";
    CabBr "cab-br" "CA/B BR" [] translated "Baseline Requirements for the Issuance and Management of Publicly-Trusted TLS Server Certificates"
        "公开可信 TLS 服务器证书签发与管理基线要求";
    GbT22239 "gbt22239" "GB/T 22239-2019" [2019, 12, 1] official "Information security technology — Baseline for classified protection of cybersecurity"
        "信息安全技术 网络安全等级保护基本要求";
    GbT35273 "gbt35273" "GB/T 35273-2020" [2020, 10, 1] official "Information security technology — Personal information (PI) security specification"
        "信息安全技术 个人信息安全规范";
    GbT37002 "gbt37002" "GB/T 37002-2018" [2019, 7, 1] official "Information security technology — Security techniques requirement for electronic mail system"
        "信息安全技术 电子邮件系统安全技术要求";
    GbT38636 "gbt38636" "GB/T 38636-2020" [] official "Information security technology — Transport layer cryptography protocol (TLCP)"
        "信息安全技术 传输层密码协议（TLCP）";
    GbT39786 "gbt39786" "GB/T 39786-2021" [2021, 10, 1] official "Information security technology — Baseline for information system cryptography application"
        "信息安全技术 信息系统密码应用基本要求";
    MozillaTls "mozilla-tls" "Mozilla Server Side TLS 6.0" [2026, 4, 6] translated "Mozilla Server Side TLS Guidelines, version 6.0"
        "Mozilla 服务器端 TLS 指南 6.0 版";
    NcscNlTls "ncsc-nl-tls" "NCSC-NL TLS 2025-05" [2025, 5] translated "IT Security Guidelines for Transport Layer Security (TLS), version 2025-05"
        "TLS 信息技术安全指南（荷兰国家网络安全中心）2025-05 版";
    Nist800177 "nist-800-177r1" "NIST SP 800-177 Rev. 1" [2019, 2, 26] translated "Trustworthy Email"
        "可信电子邮件";
    Nist80052 "nist-800-52r2" "NIST SP 800-52 Rev. 2" [2019, 8] translated "Guidelines for the Selection, Configuration, and Use of Transport Layer Security (TLS) Implementations"
        "传输层安全（TLS）实现的选择、配置与使用指南";
    PciDss "pci-dss-4.0.1" "PCI DSS v4.0.1" [2024, 6] translated "Payment Card Industry Data Security Standard: Requirements and Testing Procedures, Version 4.0.1"
        "支付卡行业数据安全标准：要求和测试程序 4.0.1 版";
    Rfc1939 "rfc1939" "RFC 1939" [1996, 5] translated "Post Office Protocol - Version 3"
        "邮局协议第 3 版";
    Rfc2449 "rfc2449" "RFC 2449" [1998, 11] translated "POP3 Extension Mechanism"
        "POP3 扩展机制";
    Rfc2595 "rfc2595" "RFC 2595" [1999, 6] translated "Using TLS with IMAP, POP3 and ACAP"
        "在 IMAP、POP3 与 ACAP 中使用 TLS";
    Rfc3207 "rfc3207" "RFC 3207" [2002, 2] translated "SMTP Service Extension for Secure SMTP over Transport Layer Security"
        "基于 TLS 的安全 SMTP 服务扩展";
    Rfc4954 "rfc4954" "RFC 4954" [2007, 7] translated "SMTP Service Extension for Authentication"
        "SMTP 身份验证服务扩展";
    Rfc5034 "rfc5034" "RFC 5034" [2007, 7] translated "The Post Office Protocol (POP3) Simple Authentication and Security Layer (SASL) Authentication Mechanism"
        "POP3 的 SASL 身份验证机制";
    Rfc5280 "rfc5280" "RFC 5280" [] translated "Internet X.509 Public Key Infrastructure Certificate and Certificate Revocation List (CRL) Profile"
        "互联网 X.509 公钥基础设施证书与证书吊销列表（CRL）轮廓";
    Rfc5321 "rfc5321" "RFC 5321" [2008, 10] translated "Simple Mail Transfer Protocol"
        "简单邮件传输协议";
    Rfc5804 "rfc5804" "RFC 5804" [2010, 7] translated "A Protocol for Remotely Managing Sieve Scripts"
        "远程管理 Sieve 脚本的协议";
    Rfc6176 "rfc6176" "RFC 6176" [2011, 3] translated "Prohibiting Secure Sockets Layer (SSL) Version 2.0"
        "禁止 SSL 2.0";
    Rfc6186 "rfc6186" "RFC 6186" [2011, 3] translated "Use of SRV Records for Locating Email Submission/Access Services"
        "用 SRV 记录定位邮件提交/访问服务";
    Rfc6409 "rfc6409" "RFC 6409" [2011, 11] translated "Message Submission for Mail"
        "邮件提交";
    Rfc6698 "rfc6698" "RFC 6698" [] translated "The DNS-Based Authentication of Named Entities (DANE) Transport Layer Security (TLS) Protocol: TLSA"
        "基于 DNS 的命名实体身份验证（DANE）TLS 协议：TLSA";
    Rfc6960 "rfc6960" "RFC 6960" [] translated "X.509 Internet Public Key Infrastructure Online Certificate Status Protocol - OCSP"
        "X.509 互联网公钥基础设施在线证书状态协议（OCSP）";
    Rfc7465 "rfc7465" "RFC 7465" [2015, 2] translated "Prohibiting RC4 Cipher Suites"
        "禁止 RC4 密码套件";
    Rfc7568 "rfc7568" "RFC 7568" [2015, 6] translated "Deprecating Secure Sockets Layer Version 3.0"
        "弃用 SSL 3.0";
    Rfc7633 "rfc7633" "RFC 7633" [] translated "X.509v3 Transport Layer Security (TLS) Feature Extension"
        "X.509v3 TLS 特性扩展";
    Rfc7671 "rfc7671" "RFC 7671" [] translated "The DNS-Based Authentication of Named Entities (DANE) Protocol: Updates and Operational Guidance"
        "DANE 协议：更新与运行指南";
    Rfc7672 "rfc7672" "RFC 7672" [2015, 10] translated "SMTP Security via Opportunistic DNS-Based Authentication of Named Entities (DANE) Transport Layer Security (TLS)"
        "通过机会式 DANE TLS 的 SMTP 安全";
    Rfc7817 "rfc7817" "RFC 7817" [2016, 3] translated "Updated Transport Layer Security (TLS) Server Identity Check Procedure for Email-Related Protocols"
        "电子邮件相关协议的 TLS 服务器身份检查规程（更新）";
    Rfc7919 "rfc7919" "RFC 7919" [2016, 8] translated "Negotiated Finite Field Diffie-Hellman Ephemeral Parameters for TLS"
        "TLS 有限域 DHE 参数协商";
    Rfc8314 "rfc8314" "RFC 8314" [2018, 1] translated "Cleartext Considered Obsolete: Use of Transport Layer Security (TLS) for Email Submission and Access"
        "明文已过时：电子邮件提交与访问中传输层安全（TLS）的使用";
    Rfc8460 "rfc8460" "RFC 8460" [2018, 9] translated "SMTP TLS Reporting"
        "SMTP TLS 报告";
    Rfc8461 "rfc8461" "RFC 8461" [2018, 9] translated "SMTP MTA Strict Transport Security (MTA-STS)"
        "SMTP MTA 严格传输安全";
    Rfc8689 "rfc8689" "RFC 8689" [2019, 11] translated "SMTP Require TLS Option"
        "SMTP 要求 TLS 选项";
    Rfc8996 "rfc8996" "RFC 8996" [2021, 3] translated "Deprecating TLS 1.0 and TLS 1.1"
        "弃用 TLS 1.0 与 TLS 1.1";
    Rfc8997 "rfc8997" "RFC 8997" [2021, 3] translated "Deprecation of TLS 1.1 for Email Submission and Access"
        "电子邮件提交与访问弃用 TLS 1.1";
    Rfc8998 "rfc8998" "RFC 8998" [2021, 3] translated "ShangMi (SM) Cipher Suites for TLS 1.3"
        "TLS 1.3 的商密（SM）密码套件";
    Rfc9051 "rfc9051" "RFC 9051" [2021, 8] translated "Internet Message Access Protocol (IMAP) - Version 4rev2"
        "Internet 消息访问协议 4rev2 版";
    Rfc9155 "rfc9155" "RFC 9155" [2021, 12] translated "Deprecating MD5 and SHA-1 Signature Hashes in TLS 1.2 and DTLS 1.2"
        "弃用 TLS 1.2 与 DTLS 1.2 中的 MD5 与 SHA-1 签名散列";
    Rfc9325 "rfc9325" "RFC 9325" [2022, 11] translated "Recommendations for Secure Use of Transport Layer Security (TLS) and Datagram Transport Layer Security (DTLS)"
        "安全使用 TLS 与 DTLS 的建议";
    Rfc9525 "rfc9525" "RFC 9525" [2023, 11] translated "Service Identity in TLS"
        "TLS 中的服务身份";
    Rfc9846 "rfc9846" "RFC 9846" [2026, 7] translated "The Transport Layer Security (TLS) Protocol Version 1.3"
        "传输层安全（TLS）协议 1.3 版";
    Rfc9847 "rfc9847" "RFC 9847" [] translated "IANA Registry Updates for TLS and DTLS"
        "TLS 与 DTLS 的 IANA 注册表更新";
    Rfc9852 "rfc9852" "RFC 9852" [] translated "New Protocols Using TLS Must Require TLS 1.3"
        "使用 TLS 的新协议必须要求 TLS 1.3";
    Rfc10015 "rfc10015" "RFC 10015" [2026, 7] translated "Deprecating Obsolete Key Exchange Methods in TLS 1.2 and DTLS 1.2"
        "弃用 TLS 1.2 与 DTLS 1.2 中过时的密钥交换方法";
    Rfc10024 "rfc10024" "RFC 10024" [2026] translated "Post-Quantum Traditional (PQ/T) Hybrid Key Agreement Mechanisms for TLS 1.3"
        "TLS 1.3 的后量子/传统混合密钥协商机制";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_document_has_a_word_a_name_and_titles_of_its_own() {
        let of = |said: fn(Standard) -> &'static str| {
            let all: BTreeSet<&str> = Standard::ALL.iter().map(|one| said(*one)).collect();
            assert!(all.iter().all(|text| !text.trim().is_empty()));
            all.len()
        };
        for said in [
            Standard::key,
            Standard::cite,
            Standard::title,
            Standard::title_zh,
        ] {
            assert_eq!(of(said), Standard::ALL.len());
        }
        for standard in Standard::ALL {
            let title = match standard {
                Standard::Mailfleet | Standard::OwnPolicy => ChineseTitle::Ours,
                _ if standard.cite().starts_with("GB/T") => ChineseTitle::Official,
                _ => ChineseTitle::Translated,
            };
            assert_eq!(standard.chinese(), title, "{standard:?}");
            // A number without its year is no citation of a national standard.
            let year = standard
                .cite()
                .rsplit_once('-')
                .map_or("", |(_, year)| year);
            assert!(
                !standard.cite().starts_with("GB/T") || year.len() == 4,
                "{standard:?}"
            );
        }
    }

    #[test]
    fn a_document_holds_since_a_day_a_month_a_year_or_nobody_knows() {
        let since = |standard: Standard| standard.since().map(|since| since.to_string());
        assert_eq!(since(Standard::GbT37002).as_deref(), Some("2019-07-01"));
        assert_eq!(since(Standard::Rfc8314).as_deref(), Some("2018-01"));
        assert_eq!(since(Standard::Rfc10024).as_deref(), Some("2026"));
        assert_eq!(since(Standard::GbT38636), None);
    }
}
