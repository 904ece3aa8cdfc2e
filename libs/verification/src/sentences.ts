import type { FactCode, FactName, Fact, VerdictName } from './verdict.ts';

/** What readers are told, in plain Chinese, with short English beside it. */
export interface Sentence {
  readonly zh: string;
  readonly en: string;
}

const say = (zh: string, en: string): Sentence => ({ zh, en });

/** A word for the eye, then a sentence. */
export const VERDICT_SENTENCES: Readonly<Record<VerdictName, { title: Sentence; sentence: Sentence }>> = {
  unreadable: {
    title: say('无法识别', 'Unreadable'),
    sentence: say('这不是可以读取的证照文件或二维码。', 'Not a file or code this can read.'),
  },
  unsigned: {
    title: say('没有签名', 'Unsigned'),
    sentence: say('这份文件没有任何电子签名，无法证明由谁签发。', 'The file carries no signature.'),
  },
  altered: {
    title: say('内容不符', 'Altered'),
    sentence: say(
      '这份文件与签发时的内容不一致：被改动过、被追加过内容，或与登记的不是同一份。',
      'The file differs from what was signed and registered.',
    ),
  },
  'untrusted-issuer': {
    title: say('签发者不可信', 'Untrusted issuer'),
    sentence: say(
      '文件有签名，但签名者当时不在本登记簿的信任清单上。',
      'Signed, but by no organ on the trust list at that time.',
    ),
  },
  'no-mandate': {
    title: say('没有清单依据', 'No mandate'),
    sentence: say(
      '签发机关当日的权力清单上没有可以签发此证照的有效事项。',
      'The issuing organ had no such power on the list on that day.',
    ),
  },
  revoked: {
    title: say('已被撤销', 'Revoked'),
    sentence: say('这份证照曾经真实有效，现已被撤销。', 'Genuine, but it has been revoked.'),
  },
  suspended: {
    title: say('已被暂扣', 'Suspended'),
    sentence: say('这份证照真实，但目前被暂扣。', 'Genuine, but suspended for now.'),
  },
  superseded: {
    title: say('已被替换', 'Superseded'),
    sentence: say('这份证照真实，但已由新的证照替换。', 'Genuine, but replaced by a newer one.'),
  },
  expired: {
    title: say('已过有效期', 'Expired'),
    sentence: say('这份证照曾经真实有效，有效期已过。', 'Genuine, but its validity has ended.'),
  },
  'not-yet-valid': {
    title: say('尚未生效', 'Not yet valid'),
    sentence: say('这份证照真实，但有效期还没有开始。', 'Genuine, but its validity has not begun.'),
  },
  indeterminate: {
    title: say('暂时无法判定', 'Cannot be decided now'),
    sentence: say(
      '有必要的事实现在无法查明，见下列标为“未知”的各项。',
      'A needed fact could not be had now.',
    ),
  },
  valid: {
    title: say('真实有效', 'Valid'),
    sentence: say(
      '这份证照由清单上的机关依清单上的权力签发，未被改动，未被撤销，在有效期内。',
      'Issued by a listed organ under a listed power, unaltered, not revoked, within its validity.',
    ),
  },
};

/** What the reader should do now. */
export const ADVICE: Readonly<Partial<Record<VerdictName, Sentence>>> = {
  unreadable: say(
    '请使用签发机关发给您的原始 PDF 文件，不要使用截图或打印件的扫描件。',
    'Use the original PDF file.',
  ),
  unsigned: say('请向持证人索取签发机关发放的原始 PDF 文件。', 'Ask for the original PDF file.'),
  altered: say(
    '不要采信这份文件。请向持证人索取原始文件，或向签发机关核实。',
    'Do not rely on this file; ask for the original or ask the issuing organ.',
  ),
  'untrusted-issuer': say('请向文件上所写的机关核实，或到其所在的登记簿核验。', 'Ask the organ named on it.'),
  'no-mandate': say('请向签发机关核实其签发依据。', 'Ask the issuing organ for the power it acted under.'),
  revoked: say('不要再采信这份证照。如有疑问，请联系签发机关。', 'Do not rely on it any more.'),
  suspended: say('暂扣期间不要采信。如有疑问，请联系签发机关。', 'Do not rely on it while suspended.'),
  superseded: say('请向持证人索取新的证照。', 'Ask the holder for the new certificate.'),
  expired: say('请向持证人索取延续后的证照。', 'Ask the holder for the renewed certificate.'),
  'not-yet-valid': say('请在有效期开始之后再采信。', 'Rely on it only from its first day.'),
  indeterminate: say(
    '请检查网络后重试；仍无法判定时，请不要采信，并联系签发机关或登记簿。',
    'Check the connection and try again; until then do not rely on it.',
  ),
};

/** Trying again does not help a program that is too old. */
export const NEWER_ADVICE: Sentence = say(
  '请更新核验程序（网页请刷新）后再核验；在此之前请不要采信。',
  'Update this program (or reload the page) and check again; until then do not rely on it.',
);

/** A code shows no page: the reader must compare. */
export const QR_ADVICE: Sentence = say(
  '二维码只能证明它自己的内容。请核对纸面上的证照标识与此处一致，并把 PDF 原件拖入本页作完整核验。',
  'A code proves only what it says: compare the identifier, and drop the PDF here for the whole check.',
);

export const FACT_NAMES: Readonly<Record<FactName, Sentence>> = {
  integrity: say('完整', 'Integrity'),
  issuer: say('签发机关', 'Issuer'),
  mandate: say('清单依据', 'Mandate'),
  log: say('公开日志', 'Log'),
  status: say('状态', 'Status'),
  validity: say('有效期', 'Validity'),
};

export const STATES: Readonly<Record<Fact['state'], Sentence>> = {
  holds: say('成立', 'Holds'),
  fails: say('不成立', 'Fails'),
  unknown: say('未知', 'Unknown'),
};

export const FACT_HOLDS: Readonly<Record<FactName, Sentence>> = {
  integrity: say('文件的每一个字节都在签名之内，与签发时一致。', 'Every byte is under the signature.'),
  issuer: say(
    '签名证书在信任清单上属于这个机关，签发时有效。',
    'The signer is listed for this organ and was valid.',
  ),
  mandate: say(
    '签发当日，所依据的权力事项在该机关的清单上有效。',
    'The power was on the list and in force that day.',
  ),
  log: say(
    '签发记录在公开日志中，公布的日志与证照所附的证明一致。',
    'The issue is in the public log, which agrees with the proofs in the file.',
  ),
  status: say('最新的状态列表中没有撤销记录。', 'Not revoked in the newest status list.'),
  validity: say('今天在有效期之内。', 'Today is within its validity.'),
};

export const DOES_NOT_PROVE: Readonly<Record<FactName, Sentence>> = {
  integrity: say(
    '不证明内容属实，也不证明出示者就是持证人。',
    'Not that its content is true, nor who shows it.',
  ),
  issuer: say('不证明经办人得到了授权，只证明使用了该机关的密钥。', 'Only that the organ’s key was used.'),
  mandate: say('不证明这次审批符合条件和程序。', 'Not that the decision met its conditions.'),
  log: say(
    '不证明别的读者看到的是同一份日志，除非他们也核对过。',
    'Not that others were shown the same log.',
  ),
  status: say('不证明列表发布之后没有被撤销。', 'Not what happened after the list was published.'),
  validity: say('不证明您的设备时钟正确。', 'Not that your clock is right.'),
};

const FIRST = {
  'integrity-first': say('文件本身未能通过，此项没有检查。', 'Not checked: the file itself did not pass.'),
  'issuer-first': say('签发机关未能确认，此项没有检查。', 'Not checked: the issuer is not confirmed.'),
  'not-in-code': say('二维码不含这项内容，需要 PDF 原件。', 'Not in a code; needs the PDF.'),
} as const;

export const CODE_SENTENCES: { readonly [N in FactName]: Readonly<Record<FactCode<N>, Sentence>> } = {
  integrity: {
    unreadable: say('不是可以读取的文件或二维码。', 'Not a file or code this can read.'),
    unsigned: say('文件没有电子签名。', 'No signature.'),
    altered: say(
      '文件与签名不符，或签名之后被追加了内容。',
      'Does not match its signature, or was added to.',
    ),
    'foreign-signature': say('签名的形式不是登记簿所用的，无法在此判断。', 'A signature of another kind.'),
    'attachment-missing': say('文件中没有证照数据。', 'No certificate data attached.'),
    'attachment-invalid': say('文件中的证照数据不符合格式。', 'The attached data is not a certificate.'),
    'attachment-not-canonical': say('文件中的证照数据不是规范写法。', 'The attached data is not canonical.'),
    'identifier-invalid': say(
      '证照标识与证照类型或颁发机构不符。',
      'The identifier does not fit type and issuer.',
    ),
    'code-signature-wrong': say('二维码的签名不符：内容被改动过。', 'The signature of the code is wrong.'),
    'no-webcrypto': say(
      '这个页面没有加密功能（不是 https 网址），无法核对签名。请改用 https 网址。',
      'No WebCrypto here: open the page over https.',
    ),
    'code-unverified': say('二维码的签名还无法核对。', 'The code could not be checked yet.'),
    'newer-format': say(
      '证照或二维码的格式比本程序新，请用更新的版本核验。',
      'The certificate or code is of a newer format: verify with a newer version of this program.',
    ),
  },
  issuer: {
    'foreign-signature': say('签名者不是本登记簿的机关。', 'Not signed by an organ of this registry.'),
    'organ-not-listed': say('颁发机构不在信任清单上。', 'The issuer is not on the trust list.'),
    'organ-name-differs': say(
      '颁发机构的名称与信任清单不符。',
      'The issuer’s name differs from the trust list.',
    ),
    'certificate-not-listed': say('签名证书不属于这个机关。', 'The signing certificate is not this organ’s.'),
    'certificate-not-valid-then': say(
      '签名证书在签发时不在有效期内。',
      'The signing certificate was not valid then.',
    ),
    'certificate-revoked': say('签名证书在签发时已被撤销。', 'The signing certificate was revoked by then.'),
    'chain-broken': say(
      '签名证书不是由所列的根证书签发的。',
      'The certificate does not chain to a listed root.',
    ),
    'key-not-listed': say('二维码的密钥不在信任清单上。', 'The key of the code is not on the trust list.'),
    'key-revoked': say('二维码的密钥已被撤销，无法单凭二维码判断。', 'The key of the code has been revoked.'),
    'trust-list-unreachable': say('现在读不到信任清单。', 'The trust list cannot be reached.'),
    'trust-list-invalid': say('读到的信任清单格式或签名不符。', 'The trust list is not validly signed.'),
    'trust-list-foreign': say(
      '读到的信任清单不是由所固定的根密钥签发的。',
      'The trust list is by another root key.',
    ),
    'trust-list-stale': say('读到的信任清单已过更新时间。', 'The trust list is out of date.'),
    'trust-list-replayed': say(
      '读到的信任清单比以前见过的旧。',
      'The trust list is older than one seen before.',
    ),
    'newer-format': say(
      '信任清单的格式比本程序新，请用更新的版本核验。',
      'The trust list is of a newer format: verify with a newer version of this program.',
    ),
    'integrity-first': FIRST['integrity-first'],
  },
  mandate: {
    'entry-invalid': say('证照中的清单条目不符合格式。', 'The list entry is malformed.'),
    'entry-not-in-log': say('证照所依据的条目不在清单日志中。', 'The list entry is not in the log.'),
    'entry-other-item': say('证照所依据的条目是另一事项的。', 'The entry is of another item.'),
    'entry-other-organ': say('证照所依据的事项属于另一个机关。', 'The item belongs to another organ.'),
    'entry-not-yet-effective': say('签发当日，所依据的条目还没有生效。', 'The entry was not yet effective.'),
    'item-suspended': say('签发当日，该事项处于暂停状态。', 'The item was suspended on that day.'),
    'item-cancelled': say('签发当日，该事项已被取消。', 'The item was cancelled by that day.'),
    'item-differs': say('证照所写的事项与清单不符。', 'The item differs from the list.'),
    'type-not-listed': say(
      '证照类型不是签发当日登记的版本。',
      'The type is not the one registered that day.',
    ),
    'type-differs': say('证照所写的类型与登记的不符。', 'The type differs from the register.'),
    'type-does-not-permit': say(
      '这种证照不能依据该事项签发。',
      'This type cannot be issued under that item.',
    ),
    'history-unreachable': say('现在读不到清单数据。', 'The list data cannot be reached.'),
    'history-invalid': say('读到的清单数据不符合格式。', 'The list data is malformed.'),
    'history-incomplete': say('读到的清单数据缺少所依据的条目。', 'The list data lacks the entry.'),
    'history-not-in-log': say('读到的清单数据与日志不符。', 'The list data does not match the log.'),
    'blob-unreachable': say('现在读不到清单条目的内容。', 'The content of the entry cannot be reached.'),
    'blob-invalid': say('读到的条目内容与其哈希不符。', 'The content does not match its hash.'),
    'newer-format': say(
      '清单数据的格式比本程序新，请用更新的版本核验。',
      'The list data is of a newer format: verify with a newer version of this program.',
    ),
    'log-first': say('清单日志无法核对，此项没有查明。', 'Not decided: the lists log could not be checked.'),
    ...FIRST,
  },
  log: {
    'proof-missing': say('文件中没有日志证明。', 'The file carries no log proof.'),
    'proof-invalid': say('文件中的日志证明不成立。', 'The log proof does not verify.'),
    'proof-of-another-document': say(
      '文件中的日志证明属于另一份证照。',
      'The log proof is of another document.',
    ),
    'issue-date-differs': say('颁发日期与日志所记的日期不同。', 'The issue date differs from the log.'),
    'log-unreachable': say('现在读不到公开日志。', 'The log cannot be reached.'),
    'log-invalid': say('读到的日志文件与其检查点不符。', 'The log files do not match the checkpoint.'),
    'log-older-than-seen': say('读到的日志比以前见过的旧。', 'The log is older than one seen before.'),
    'log-older-than-proof': say('读到的日志比证照中的证明旧。', 'The log is older than the proof.'),
    'log-forked': say(
      '日志有两份互相矛盾的历史，两份都有签名。请保存此结果并通知监督机关。',
      'The log has two signed histories. Keep this result and report it.',
    ),
    'newer-format': say(
      '日志证明的格式比本程序新，请用更新的版本核验。',
      'The log proof is of a newer format: verify with a newer version of this program.',
    ),
    ...FIRST,
  },
  status: {
    revoked: say('状态列表中已标为撤销。', 'Marked as revoked.'),
    'status-unreachable': say('现在读不到状态列表。', 'The status list cannot be reached.'),
    'status-invalid': say('读到的状态列表格式或签名不符。', 'The status list is not validly signed.'),
    'status-stale': say('读到的状态列表已过期。', 'The status list is out of date.'),
    'status-replayed': say(
      '读到的状态列表比以前见过的旧。',
      'The status list is older than one seen before.',
    ),
    'status-other-list': say(
      '读到的不是证照所指的状态列表。',
      'Another status list than the certificate names.',
    ),
    'newer-format': say(
      '状态列表的格式比本程序新，请用更新的版本核验。',
      'The status list is of a newer format: verify with a newer version of this program.',
    ),
    'integrity-first': FIRST['integrity-first'],
    'issuer-first': FIRST['issuer-first'],
  },
  validity: {
    expired: say('有效期已过。', 'Its validity has ended.'),
    'not-yet-valid': say('有效期还没有开始。', 'Its validity has not begun.'),
    'integrity-first': FIRST['integrity-first'],
  },
};
