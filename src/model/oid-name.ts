/** Names below a common arc: the rest of the OID, and the name. */
type Names = Readonly<Record<string, string>>;

const X520: Names = {
  3: 'commonName',
  4: 'surname',
  5: 'serialNumber',
  6: 'countryName',
  7: 'localityName',
  8: 'stateOrProvinceName',
  9: 'streetAddress',
  10: 'organizationName',
  11: 'organizationalUnitName',
  12: 'title',
  13: 'description',
  15: 'businessCategory',
  16: 'postalAddress',
  17: 'postalCode',
  18: 'postOfficeBox',
  20: 'telephoneNumber',
  41: 'name',
  42: 'givenName',
  43: 'initials',
  44: 'generationQualifier',
  45: 'x500UniqueIdentifier',
  46: 'dnQualifier',
  65: 'pseudonym',
  97: 'organizationIdentifier',
};

const CERTIFICATE_EXTENSIONS: Names = {
  9: 'subjectDirectoryAttributes',
  14: 'subjectKeyIdentifier',
  15: 'keyUsage',
  16: 'privateKeyUsagePeriod',
  17: 'subjectAltName',
  18: 'issuerAltName',
  19: 'basicConstraints',
  20: 'cRLNumber',
  21: 'reasonCode',
  24: 'invalidityDate',
  27: 'deltaCRLIndicator',
  28: 'issuingDistributionPoint',
  29: 'certificateIssuer',
  30: 'nameConstraints',
  31: 'cRLDistributionPoints',
  32: 'certificatePolicies',
  '32.0': 'anyPolicy',
  33: 'policyMappings',
  35: 'authorityKeyIdentifier',
  36: 'policyConstraints',
  37: 'extKeyUsage',
  '37.0': 'anyExtendedKeyUsage',
  46: 'freshestCRL',
  54: 'inhibitAnyPolicy',
  56: 'noRevAvail',
  60: 'expiredCertsOnCRL',
};

const PKIX: Names = {
  '1.1': 'authorityInfoAccess',
  '1.3': 'qcStatements',
  '1.11': 'subjectInfoAccess',
  '1.24': 'tlsFeature',
  '2.1': 'cps',
  '2.2': 'userNotice',
  '3.1': 'serverAuth',
  '3.2': 'clientAuth',
  '3.3': 'codeSigning',
  '3.4': 'emailProtection',
  '3.8': 'timeStamping',
  '3.9': 'OCSPSigning',
  '3.36': 'documentSigning',
  '9.1': 'dateOfBirth',
  '9.2': 'placeOfBirth',
  '9.3': 'gender',
  '9.4': 'countryOfCitizenship',
  '9.5': 'countryOfResidence',
  '11.1': 'pkixQCSyntax-v1',
  '11.2': 'pkixQCSyntax-v2',
  '48.1': 'ocsp',
  '48.1.1': 'basicOcspResponse',
  '48.1.2': 'ocspNonce',
  '48.1.5': 'ocspNoCheck',
  '48.1.6': 'archiveCutoff',
  '48.1.9': 'ocspExtendedRevoke',
  '48.2': 'caIssuers',
  '48.3': 'timeStamping',
  '48.5': 'caRepository',
};

const ETSI: Names = {
  '1456.1.1': 'qcp-public-with-sscd',
  '1456.1.2': 'qcp-public',
  '1862.1.1': 'QcCompliance',
  '1862.1.2': 'QcLimitValue',
  '1862.1.3': 'QcRetentionPeriod',
  '1862.1.4': 'QcSSCD',
  '1862.1.5': 'QcPDS',
  '1862.1.6': 'QcType',
  '1862.1.6.1': 'esign',
  '1862.1.6.2': 'eseal',
  '1862.1.6.3': 'web',
  '1862.1.7': 'QcCClegislation',
  '1862.1.8': 'QcIdentMethod',
  '1862.1.8.1': 'eIDAS1-ab',
  '1862.1.8.2': 'eIDAS1-cd',
  '1862.1.8.3': 'eIDAS2-acd',
  '1862.1.8.4': 'eIDAS2-b',
  '1862.1.9': 'QcQSCDlegislation',
  '2042.1.1': 'ncp',
  '2042.1.2': 'ncpplus',
  '2042.1.3': 'lcp',
  '2042.1.4': 'evcp',
  '2042.1.6': 'dvcp',
  '2042.1.7': 'ovcp',
  '2042.1.8': 'ivcp',
  '19495.1.0': 'Unspecified',
  '19495.1.1': 'PSP_AS',
  '19495.1.2': 'PSP_PI',
  '19495.1.3': 'PSP_AI',
  '19495.1.4': 'PSP_IC',
  '19495.2': 'PSD2',
  '19495.3.1': 'qcp-web-psd2',
  '194112.1.0': 'qcp-natural',
  '194112.1.1': 'qcp-legal',
  '194112.1.2': 'qcp-natural-qscd',
  '194112.1.3': 'qcp-legal-qscd',
  '194112.1.4': 'qcp-web',
  '194112.1.5': 'qncp-web',
  '194112.1.6': 'qncp-web-gen',
  '194121.1.1': 'semanticsId-Natural',
  '194121.1.2': 'semanticsId-Legal',
  '194121.1.3': 'semanticsId-eIDASNatural',
  '194121.1.4': 'semanticsId-eIDASLegal',
  '194121.2.1': 'validityAssuredShortTerm',
};

const CABF: Names = {
  '1.1': 'extended-validation',
  '1.2.1': 'domain-validated',
  '1.2.2': 'organization-validated',
  '1.2.3': 'individual-validated',
  '1.3': 'code-signing-extended-validation',
  '1.4.1': 'code-signing',
  '3.1': 'cabfOrganizationIdentifier',
};

const RSA: Names = {
  '1.1': 'rsaEncryption',
  '1.5': 'sha1WithRSAEncryption',
  '1.7': 'id-RSAES-OAEP',
  '1.8': 'id-mgf1',
  '1.10': 'id-RSASSA-PSS',
  '1.11': 'sha256WithRSAEncryption',
  '1.12': 'sha384WithRSAEncryption',
  '1.13': 'sha512WithRSAEncryption',
  '9.1': 'emailAddress',
  '9.2': 'unstructuredName',
};

const NIST: Names = {
  '2.1': 'sha256',
  '2.2': 'sha384',
  '2.3': 'sha512',
  '2.4': 'sha224',
  '2.8': 'sha3-256',
  '2.9': 'sha3-384',
  '2.10': 'sha3-512',
  '3.10': 'ecdsa-with-SHA3-256',
  '3.11': 'ecdsa-with-SHA3-384',
  '3.12': 'ecdsa-with-SHA3-512',
  '3.14': 'sha3-256WithRSAEncryption',
  '3.15': 'sha3-384WithRSAEncryption',
  '3.16': 'sha3-512WithRSAEncryption',
  '3.17': 'ml-dsa-44',
  '3.18': 'ml-dsa-65',
  '3.19': 'ml-dsa-87',
};

const ANSI: Names = {
  '2.1': 'ecPublicKey',
  '3.1.7': 'P-256',
  '4.1': 'ecdsa-with-SHA1',
  '4.3.1': 'ecdsa-with-SHA224',
  '4.3.2': 'ecdsa-with-SHA256',
  '4.3.3': 'ecdsa-with-SHA384',
  '4.3.4': 'ecdsa-with-SHA512',
};

const MICROSOFT: Names = {
  '10.3.12': 'msDocumentSigning',
  '20.2.2': 'msSmartcardLogon',
  '20.2.3': 'userPrincipalName',
  '60.2.1.1': 'jurisdictionLocalityName',
  '60.2.1.2': 'jurisdictionStateOrProvinceName',
  '60.2.1.3': 'jurisdictionCountryName',
};

const OTHERS: Names = {
  '0.9.2342.19200300.100.1.1': 'userId',
  '0.9.2342.19200300.100.1.25': 'domainComponent',
  '1.2.250.1.223.101.256.1': 'FRP256v1',
  '1.2.840.10040.4.1': 'dsa',
  '1.3.6.1.4.1.11129.2.4.2': 'signedCertificateTimestamps',
  '1.3.6.1.4.1.11129.2.4.3': 'precertificatePoison',
  '1.3.14.3.2.26': 'sha1',
  '1.3.36.3.3.2.8.1.1.7': 'brainpoolP256r1',
  '1.3.36.3.3.2.8.1.1.11': 'brainpoolP384r1',
  '1.3.36.3.3.2.8.1.1.13': 'brainpoolP512r1',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
  '1.3.132.0.10': 'secp256k1',
  '1.3.132.0.33': 'P-224',
  '1.3.132.0.34': 'P-384',
  '1.3.132.0.35': 'P-521',
};

const ARCS: readonly (readonly [arc: string, names: Names])[] = [
  ['2.5.4.', X520],
  ['2.5.29.', CERTIFICATE_EXTENSIONS],
  ['1.3.6.1.5.5.7.', PKIX],
  ['0.4.0.', ETSI],
  ['2.23.140.', CABF],
  ['1.2.840.113549.1.', RSA],
  ['2.16.840.1.101.3.4.', NIST],
  ['1.2.840.10045.', ANSI],
  ['1.3.6.1.4.1.311.', MICROSOFT],
  ['', OTHERS],
];

const NAMES: ReadonlyMap<string, string> = new Map(ARCS.flatMap(([arc, names]) => Object.entries(names).map(([rest, name]) => [arc + rest, name])));

/** What an object identifier is called in X.509, PKIX, ETSI and CA/Browser Forum documents; undefined for one that this program does not know. */
export const oidName = (oid: string): string | undefined => NAMES.get(oid);

const CALLED: ReadonlySet<string> = new Set(NAMES.values());

/** Whether `oidName` calls anything so. */
export const isOidName = (name: string): boolean => CALLED.has(name);

/** The object identifier that has a name; of two with one name the first in the tables. */
export function oidOfName(name: string): string | undefined {
  for (const [oid, called] of NAMES) if (called === name) return oid;
  return undefined;
}
