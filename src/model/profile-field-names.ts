/** What people call an attribute, extension or other field, in English and German; what has no entry is called by its name in X.509. */
const NAMES: Readonly<Record<string, readonly [en: string, de: string]>> = {
  version: ['Version', 'Version'],
  signatureAlgorithm: ['Signature algorithm', 'Signaturalgorithmus'],
  issuer: ['Issuer', 'Aussteller'],
  validity: ['Validity', 'Gültigkeit'],
  subjectPublicKey: ['Public key', 'Öffentlicher Schlüssel'],
  serialNumber: ['serial number', 'Seriennummer'],
  nextUpdate: ['Next update', 'Nächste Ausgabe'],
  responseStatus: ['Response status', 'Status der Antwort'],
  responderID: ['Responder', 'Responder'],
  certs: ['Certificates in the response', 'Zertifikate in der Antwort'],
  commonName: ['common name', 'allgemeiner Name'],
  surname: ['surname', 'Nachname'],
  givenName: ['given name', 'Vorname'],
  pseudonym: ['pseudonym', 'Pseudonym'],
  countryName: ['country', 'Land'],
  localityName: ['locality', 'Ort'],
  stateOrProvinceName: ['state or province', 'Bundesland oder Provinz'],
  streetAddress: ['street address', 'Straße'],
  postalCode: ['postal code', 'Postleitzahl'],
  organizationName: ['organisation', 'Organisation'],
  organizationalUnitName: ['organisational unit', 'Organisationseinheit'],
  organizationIdentifier: ['organisation identifier', 'Kennung der Organisation'],
  businessCategory: ['business category', 'Art der Organisation'],
  title: ['title', 'Titel'],
  emailAddress: ['e-mail address', 'E-Mail-Adresse'],
  domainComponent: ['domain component', 'Domain-Bestandteil'],
  subjectKeyIdentifier: ['Subject key identifier', 'Kennung des Inhaberschlüssels'],
  authorityKeyIdentifier: ['Authority key identifier', 'Kennung des Ausstellerschlüssels'],
  keyIdentifier: ['key identifier', 'Kennung des Schlüssels'],
  authorityCertIssuer: ['issuer of the CA certificate', 'Aussteller des CA-Zertifikats'],
  authorityCertSerialNumber: ['serial number of the CA certificate', 'Seriennummer des CA-Zertifikats'],
  keyUsage: ['Key usage', 'Schlüsselverwendung'],
  extKeyUsage: ['Extended key usage', 'Erweiterte Schlüsselverwendung'],
  basicConstraints: ['Basic constraints', 'Grundlegende Einschränkungen'],
  cA: ['CA', 'CA'],
  pathLenConstraint: ['path length', 'Pfadlänge'],
  nameConstraints: ['Name constraints', 'Namensbeschränkungen'],
  policyConstraints: ['Policy constraints', 'Richtlinienbeschränkungen'],
  policyMappings: ['Policy mappings', 'Richtlinienzuordnungen'],
  inhibitAnyPolicy: ['Inhibit any policy', 'Verbot von anyPolicy'],
  certificatePolicies: ['Certificate policies', 'Zertifikatsrichtlinien'],
  cps: ['address of the CPS', 'Adresse des CPS'],
  userNotice: ['user notice', 'Hinweis'],
  subjectAltName: ['Subject alternative name', 'Alternative Namen des Inhabers'],
  issuerAltName: ['Issuer alternative name', 'Alternative Namen des Ausstellers'],
  dNSName: ['DNS name', 'DNS-Name'],
  iPAddress: ['IP address', 'IP-Adresse'],
  rfc822Name: ['e-mail address', 'E-Mail-Adresse'],
  uniformResourceIdentifier: ['URI', 'URI'],
  directoryName: ['directory name', 'Verzeichnisname'],
  otherName: ['other name', 'anderer Name'],
  cRLDistributionPoints: ['CRL distribution points', 'Sperrlisten-Verteilpunkte'],
  freshestCRL: ['Freshest CRL', 'Aktuellste Delta-Sperrliste'],
  authorityInfoAccess: ['Authority information access', 'Zugriff auf CA-Informationen'],
  subjectInfoAccess: ['Subject information access', 'Zugriff auf Informationen des Inhabers'],
  caIssuers: ['CA certificate', 'CA-Zertifikat'],
  ocsp: ['OCSP', 'OCSP'],
  qcStatements: ['Qualified certificate statements', 'Erklärungen zu qualifizierten Zertifikaten'],
  ocspNoCheck: ['OCSP no check', 'Keine OCSP-Prüfung'],
  ocspNonce: ['Nonce', 'Nonce'],
  ocspExtendedRevoke: ['Extended revocation', 'Erweiterte Sperrauskunft'],
  archiveCutoff: ['Archive cutoff', 'Archivgrenze'],
  noRevAvail: ['No revocation information available', 'Keine Sperrinformation verfügbar'],
  validityAssuredShortTerm: ['Validity assured, short term', 'Kurzlebig mit gesicherter Gültigkeit'],
  tlsFeature: ['TLS feature', 'TLS-Merkmal'],
  cRLNumber: ['CRL number', 'Sperrlistennummer'],
  deltaCRLIndicator: ['Delta CRL indicator', 'Delta-Sperrlisten-Kennzeichen'],
  issuingDistributionPoint: ['Issuing distribution point', 'Ausgebender Verteilpunkt'],
  expiredCertsOnCRL: ['Expired certificates on the CRL', 'Abgelaufene Zertifikate auf der Sperrliste'],
  reasonCode: ['reason', 'Grund'],
  invalidityDate: ['invalidity date', 'Ungültig seit'],
  signedCertificateTimestamps: ['Certificate transparency', 'Certificate Transparency'],
  precertificatePoison: ['Precertificate poison', 'Vorzertifikat-Kennzeichen'],
};

/** What stands before the name of a field that lies in one of these parts. */
const PARTS: Readonly<Record<string, readonly [en: string, de: string]>> = {
  subject: ['Subject', 'Inhaber'],
  issuer: ['Issuer', 'Aussteller'],
  qcStatements: ['QC statement', 'QC-Erklärung'],
  entries: ['Entry', 'Eintrag'],
};

/** A field of a profile for people: `Key usage`, `Subject: given name`, `Authority information access: OCSP`. */
export function fieldName(field: string, language: string): string {
  const column = /^de(-|$)/.test(language) ? 1 : 0;
  const call = (name: string): string => (Object.hasOwn(NAMES, name) ? (NAMES[name]?.[column] ?? name) : name);
  const [, part = '', rest = ''] = /^(\w+)\.(.+)$/.exec(field) ?? [];
  if (Object.hasOwn(PARTS, part)) return `${PARTS[part]?.[column]}: ${call(rest)}`;
  const name = rest === '' ? call(field) : splitParts(rest).map(call).join(': ');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** An extension and its part; the dots of an OID part nothing. */
const splitParts = (name: string): readonly string[] => (/^\d/.test(name) ? [name] : name.split('.'));
