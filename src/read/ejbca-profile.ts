import { KEY_USAGES } from '../model/certificate-extension.ts';
import type { DraftRow, DraftSource, NotTaken } from '../model/draft-profile.ts';
import { oidName } from '../model/oid-name.ts';
import { EjbcaSettings } from './ejbca-settings.ts';
import { describeJavaValue, type JavaValue, readJavaValue } from './java-object.ts';
import { elementsOf, readXml } from './xml.ts';

/** What an export says, or in a whole sentence why it cannot be read, with its line. */
export type EjbcaContent = { source: DraftSource; problem?: undefined } | { source?: undefined; problem: string; line?: number };

const EXPECTED = 'the certificate profile as EJBCA exports it: an XML document, certprofile_<name>-<id>.xml';

/**
 * Reads a certificate profile that EJBCA exported. Never throws for bad content. Each key is understood, or named as one that
 * does not shape certificates, as one that is off, or as one that is not understood.
 */
export function readEjbcaProfile(content: Uint8Array): EjbcaContent {
  if (content[0] === 0x50 && content[1] === 0x4b && (content[2] ?? 9) < 9)
    return { problem: `This is a ZIP archive, as EJBCA exports several profiles in. Unpack it and name one file of it: ${EXPECTED}.` };
  const { root, ...failure } = readXml(content);
  if (!root) return 'problem' in failure && failure.problem !== undefined ? { problem: failure.problem, line: failure.at.line } : { problem: EXPECTED };
  const [first, ...more] = elementsOf(root);
  if (root.name !== 'java' || !first) return { problem: `The XML begins with <${root.name}>, where <java> was expected. Expected is ${EXPECTED}.`, line: 1 };
  const value = readJavaValue(first);
  if (value.kind !== 'map') return { problem: `The XML holds ${describeJavaValue(value)}, where a map of settings was expected.`, line: value.line };
  if (!value.entries.has('certversion') && !value.entries.has('usebasicconstrants'))
    return {
      problem: `The settings are none of a certificate profile: neither "certversion" nor "usebasicconstrants" is among them. Expected is ${EXPECTED}.`,
    };
  return {
    source: readSettings(
      value.entries,
      more.map(({ name, start }) => ({ name: `<${name}>`, seen: 'a second value', line: start.line })),
    ),
  };
}

function readSettings(entries: ReadonlyMap<string, JavaValue>, more: readonly NotTaken[]): DraftSource {
  const settings = new EjbcaSettings(entries);
  const rows = [
    ...readBasics(settings),
    ...readKeys(settings),
    ...readIdentifiers(settings),
    ...readUsages(settings),
    ...readPolicies(settings),
    ...readAddresses(settings),
    ...readStatements(settings),
    ...readOthers(settings),
  ];
  const policies = rows.find(({ field }) => field === 'extensions.certificatePolicies')?.value?.exactly ?? [];
  const open = settings.isOn('allowextensionoverride') ? (['subject', 'extensions'] as const) : (['subject'] as const);
  if (open.length > 1) settings.refuse('allowextensionoverride');
  return { rows, policies, others: [...open], notUnderstood: [...settings.listUnread(), ...more], tail: settings.describeRest() };
}

const row = (field: string, comment: string, rest: Partial<DraftRow> = {}): DraftRow => ({ field, comment, ...rest });
const only = (values: readonly string[]): Partial<DraftRow> => (values.length > 0 ? { value: { exactly: [...values] } } : {});
const isPlain = (text: string): boolean => text !== '' && text.length <= 1000;

function readBasics(settings: EjbcaSettings): DraftRow[] {
  const version = settings.text('certversion');
  const algorithm = settings.text('signaturealgorithm');
  const name = SIGNATURES.get(algorithm?.toLowerCase() ?? '');
  const days = daysOf(settings.text('encodedvalidity') ?? settings.text('validity') ?? '');
  if (version !== undefined && version !== 'X509v3') settings.refuse('certversion');
  if (algorithm !== undefined && !name) settings.refuse('signaturealgorithm');
  if (days === undefined) settings.refuse(settings.has('encodedvalidity') ? 'encodedvalidity' : 'validity');
  return [
    ...(version === 'X509v3' ? [row('version', 'certversion', only(['3']))] : []),
    ...(name ? [row('signatureAlgorithm', 'signaturealgorithm', only([name]))] : []),
    ...(days === undefined
      ? []
      : [
          row(
            'validity',
            `encodedvalidity: ${settings.text('encodedvalidity') ?? `${days} days`}; a year counted as 365 days, a month as 30. Compare with a certificate.`,
            {
              value: { atMost: days, words: 'days, the first and the last second counted' },
            },
          ),
        ]),
  ];
}

const SIGNATURES: ReadonlyMap<string, string> = new Map([
  ['sha256withrsa', 'sha256WithRSAEncryption'],
  ['sha384withrsa', 'sha384WithRSAEncryption'],
  ['sha512withrsa', 'sha512WithRSAEncryption'],
  ['sha256withrsaandmgf1', 'id-RSASSA-PSS'],
  ['sha384withrsaandmgf1', 'id-RSASSA-PSS'],
  ['sha512withrsaandmgf1', 'id-RSASSA-PSS'],
  ['sha256withecdsa', 'ecdsa-with-SHA256'],
  ['sha384withecdsa', 'ecdsa-with-SHA384'],
  ['sha512withecdsa', 'ecdsa-with-SHA512'],
  ['ed25519', 'Ed25519'],
  ['ed448', 'Ed448'],
]);

const UNITS: Readonly<Record<string, number>> = { y: 365, mo: 30, d: 1, h: 1 / 24, m: 1 / 1440, s: 1 / 86_400 };

/** `25y7d` in days, rounded up to whole ones; undefined for a date, and for anything else. */
function daysOf(text: string): number | undefined {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  if (text.length > 60) return undefined;
  const parts = text.trim().split(/\s*(\d{1,9}\s*(?:y|mo|d|h|m|s))\s*/i);
  if (parts.length < 3 || parts.some((part, index) => index % 2 === 0 && part !== '')) return undefined;
  const days = parts
    .filter((part) => part !== '')
    .reduce((sum, part) => sum + Number.parseInt(part, 10) * (UNITS[part.replace(/[\d\s]/g, '').toLowerCase()] ?? 0), 0);
  return days > 0 ? Math.ceil(days - 1e-9) : undefined;
}

const CURVES: ReadonlyMap<string, string> = new Map([
  ['secp256r1', 'P-256'],
  ['prime256v1', 'P-256'],
  ['p-256', 'P-256'],
  ['secp384r1', 'P-384'],
  ['p-384', 'P-384'],
  ['secp521r1', 'P-521'],
  ['p-521', 'P-521'],
  ['secp224r1', 'P-224'],
  ['brainpoolp256r1', 'brainpoolP256r1'],
  ['brainpoolp384r1', 'brainpoolP384r1'],
  ['brainpoolp512r1', 'brainpoolP512r1'],
  ['secp256k1', 'secp256k1'],
  ['frp256v1', 'FRP256v1'],
]);

function readKeys(settings: EjbcaSettings): DraftRow[] {
  const algorithms = settings.texts('availablekeyalgorithms').map((name) => name.toUpperCase());
  const sizes = settings.texts('availablebitlengths').filter((size) => Number(size) >= 1024);
  const curves = settings.texts('availableeccurves').map((name) => CURVES.get(name.toLowerCase()));
  const keys = algorithms.flatMap((algorithm) => {
    if (algorithm === 'RSA') return sizes.map((size) => `RSA ${size}`);
    if (algorithm === 'ECDSA' || algorithm === 'EC') return curves.map((curve) => (curve ? `EC ${curve}` : 'any curve'));
    if (algorithm === 'ED25519') return ['EdDSA Ed25519'];
    return [algorithm === 'ED448' ? 'EdDSA Ed448' : 'another algorithm'];
  });
  const comment = 'availablekeyalgorithms, availablebitlengths, availableeccurves';
  if (keys.includes('any curve')) settings.refuse('availableeccurves');
  if (keys.includes('another algorithm')) settings.refuse('availablekeyalgorithms');
  if (keys.length === 0 || keys.length > 100 || keys.includes('any curve') || keys.includes('another algorithm')) return [row('subjectPublicKey', comment)];
  return [row('subjectPublicKey', comment, { value: { oneOf: [...new Set(keys)] } })];
}

/** The numbers by which EJBCA calls kinds of certificates. */
const AUTHORITIES = ['2', '8'];

function readIdentifiers(settings: EjbcaSettings): DraftRow[] {
  const rows: DraftRow[] = [];
  if (settings.isOn('usebasicconstrants')) {
    const isAuthority = AUTHORITIES.includes(settings.text('type') ?? '');
    const length = settings.isOn('usepathlengthconstraint') ? settings.text('pathlengthconstraint') : undefined;
    rows.push(settings.extension('basicConstraints', 'usebasicconstrants', 'basicconstraintscritical'));
    rows.push(row('extensions.basicConstraints.cA', 'type', only([String(isAuthority)])));
    if (length !== undefined) rows.push(row('extensions.basicConstraints.pathLenConstraint', 'pathlengthconstraint', only([length])));
  }
  if (settings.isOn('useauthoritykeyidentifier')) {
    rows.push(settings.extension('authorityKeyIdentifier', 'useauthoritykeyidentifier', 'authoritykeyidentifiercritical'));
    rows.push(row('extensions.authorityKeyIdentifier.keyIdentifier', 'useauthoritykeyidentifier'));
  }
  if (settings.isOn('usesubjectkeyidentifier'))
    rows.push(settings.extension('subjectKeyIdentifier', 'usesubjectkeyidentifier', 'subjectkeyidentifiercritical'));
  return rows;
}

function readUsages(settings: EjbcaSettings): DraftRow[] {
  const rows: DraftRow[] = [];
  const bits = settings.texts('keyusage');
  // Exports of old releases have no key for the use itself.
  if (settings.has('usekeyusage') ? settings.isOn('usekeyusage') : bits.includes('true')) {
    const usages = KEY_USAGES.filter((_, index) => bits[index] === 'true');
    rows.push({ ...settings.extension('keyUsage', 'keyusage', 'keyusagecritical'), ...only(usages) });
  }
  const purposes = settings.texts('extendedkeyusage');
  if (settings.isOn('useextendedkeyusage')) {
    const names = purposes.filter(isPlain).map((oid) => oidName(oid) ?? oid);
    rows.push({ ...settings.extension('extKeyUsage', 'extendedkeyusage', 'extendedkeyusagecritical'), ...only(names) });
  }
  return rows;
}

const CPS = '1.3.6.1.5.5.7.2.1';
const USER_NOTICE = '1.3.6.1.5.5.7.2.2';

function readPolicies(settings: EjbcaSettings): DraftRow[] {
  const beans = settings.beans('certificatepolicies');
  if (!settings.isOn('usecertificatepolicies')) return [];
  const policies = [...new Set(beans.flatMap((bean) => bean('policyID') ?? []))].filter(isPlain);
  const ofKind = (id: string) => beans.flatMap((bean) => (bean('qualifierId') === id ? (bean('qualifier') ?? []) : [])).filter(isPlain);
  const rows = [{ ...settings.extension('certificatePolicies', 'certificatepolicies', 'certificatepoliciescritical'), ...only(policies) }];
  for (const [part, id] of [
    ['cps', CPS],
    ['userNotice', USER_NOTICE],
  ] as const) {
    const values = ofKind(id);
    if (values.length > 0) rows.push(row(`extensions.certificatePolicies.${part}`, 'certificatepolicies: the qualifiers', only(values)));
  }
  return rows;
}

const splitAddresses = (text: string | undefined): string[] =>
  (text ?? '')
    .split(';')
    .map((each) => each.trim().replace(/^"|"$/g, ''))
    .filter(isPlain);

function readAddresses(settings: EjbcaSettings): DraftRow[] {
  const rows: DraftRow[] = [];
  const point = (name: string, use: string, byDefault: string, key: string, critical: string | undefined) => {
    const own = splitAddresses(settings.text(key));
    if (!settings.isOn(use)) return;
    const values = settings.isOn(byDefault) ? { comment: `${use}: the address is that which the CA has by default` } : only(own);
    rows.push({ ...settings.extension(name, key, critical), ...values });
  };
  point('cRLDistributionPoints', 'usecrldistributionpoint', 'usedefaultcrldistributionpoint', 'crldistributionpointuri', 'crldistributionpointcritical');
  point('freshestCRL', 'usefreshestcrl', 'usecadefinedfreshestcrl', 'freshestcrluri', undefined);
  const issuers = settings.texts('caissuers').filter(isPlain);
  const responder = splitAddresses(settings.text('ocspservicelocatoruri'));
  const [defaultIssuer, defaultResponder] = [settings.isOn('usedefaultcaissuer'), settings.isOn('usedefaultocspservicelocator')];
  if (!settings.isOn('useauthorityinformationaccess')) return rows;
  const access = 'extensions.authorityInfoAccess';
  rows.push(settings.extension('authorityInfoAccess', 'useauthorityinformationaccess', undefined));
  if (defaultIssuer) rows.push(row(`${access}.caIssuers`, 'usedefaultcaissuer: the address is that which the CA has by default'));
  else if (issuers.length > 0) rows.push(row(`${access}.caIssuers`, 'caissuers', only(issuers)));
  if (defaultResponder) rows.push(row(`${access}.ocsp`, 'usedefaultocspservicelocator: the address is that which the CA has by default'));
  else if (responder.length > 0) rows.push(row(`${access}.ocsp`, 'ocspservicelocatoruri', only(responder)));
  return rows;
}

function readStatements(settings: EjbcaSettings): DraftRow[] {
  const disclosure = settings.beans('qcetsipds');
  const customOid = settings.text('qccustomstringoid') ?? '';
  const values = {
    type: settings.text('qcetsitype') ?? '',
    semantics: (settings.text('useqcsematicsid') ?? '')
      .split(',')
      .map((each) => each.trim())
      .filter(isPlain),
    currency: settings.text('qcetsivaluelimitcurrency') ?? '',
    years: settings.text('qcetsiretentionperiod') ?? '',
  };
  if (!settings.isOn('useqcstatement')) return [];
  const rows = [settings.extension('qcStatements', 'useqcstatement', 'useqcstatementcritical')];
  const add = (name: string, use: string, given: readonly string[] = []) => rows.push(row(`qcStatements.${name}`, use, only(given.filter(isPlain))));
  if (settings.isOn('usepkixqcsyntaxv2'))
    add(
      'pkixQCSyntax-v2',
      'usepkixqcsyntaxv2, useqcsematicsid',
      values.semantics.map((oid) => oidName(oid) ?? oid),
    );
  if (settings.isOn('useqcetsiqccompliance')) add('QcCompliance', 'useqcetsiqccompliance');
  if (settings.isOn('useqcetsisignaturedevice')) add('QcSSCD', 'useqcetsisignaturedevice');
  if (values.type !== '') add('QcType', 'qcetsitype', [oidName(values.type) ?? values.type]);
  const locations = disclosure.flatMap((bean) => (bean('url') ? `${(bean('language') ?? '').toLowerCase()} ${bean('url')}` : []));
  if (locations.length > 0) add('QcPDS', 'qcetsipds', locations);
  if (settings.isOn('useqcetsivaluelimit')) add('QcLimitValue', 'useqcetsivaluelimit, qcetsivaluelimitcurrency', [values.currency]);
  if (settings.isOn('useqcetsiretentionperiod')) add('QcRetentionPeriod', 'useqcetsiretentionperiod', [values.years]);
  if (settings.isOn('useqcpsd2')) add('PSD2', 'useqcpsd2: roles and authority come with each request');
  if (settings.isOn('useqccustomstring') && isPlain(customOid)) add(oidName(customOid) ?? customOid, 'useqccustomstring, qccustomstringoid');
  return rows;
}

/** Extensions of which the export says that they are there, and whose content comes from elsewhere. */
const OTHERS: readonly (readonly [name: string, use: string, critical: string | undefined, comment: string, optional: boolean])[] = [
  ['subjectAltName', 'usesubjectalternativename', 'subjectalternativenamecritical', 'where the request has such names', true],
  ['issuerAltName', 'useissueralternativename', 'issueralternativenamecritical', 'where the CA has such names', true],
  ['subjectDirectoryAttributes', 'usesubjectdirattributes', undefined, 'where the request has such attributes', true],
  ['nameConstraints', 'usenameconstraints', 'nameconstraintscritical', 'where the request or the CA has them', true],
  ['privateKeyUsagePeriod', 'useprivkeyusageperiod', undefined, 'its period is in no row', false],
  ['ocspNoCheck', 'useocspnocheck', undefined, '', false],
  ['signedCertificateTimestamps', 'usecertificatetransparencyincerts', undefined, '', false],
];

function readOthers(settings: EjbcaSettings): DraftRow[] {
  return OTHERS.flatMap(([name, use, critical, comment, optional]) => {
    if (!settings.isOn(use)) return [];
    const extension = settings.extension(name, use, critical);
    return [{ ...extension, presence: optional ? ('optional' as const) : ('required' as const), comment: comment ? `${use}: ${comment}` : use }];
  });
}
