/** Words of the page of CA certificates. Sentences are whole; a name in braces stands for a time or a link. */
export interface DeployedStrings {
  lead: string;
  caution: string;
  validity: string;
  axisNote: string;
  authorities: string;
  otherLists: string;
  states: Readonly<Record<'draft' | 'not-yet-in-force' | 'in-force' | 'superseded' | 'withdrawn' | 'never-in-force', string>>;
  subject: string;
  issuer: string;
  selfSigned: string;
  serialNumber: string;
  key: string;
  signature: string;
  valid: string;
  fromTo: string;
  endless: string;
  revoked: string;
  revokedFor: string;
  unknownValidity: string;
  sha256: string;
  sha1: string;
  sha1Note: string;
  keyIdentifier: string;
  download: string;
  crlAddresses: string;
  ocspAddresses: string;
  caIssuers: string;
  addressesNote: string;
  policies: string;
  lists: string;
  number: string;
  noNumber: string;
  thisUpdate: string;
  nextUpdate: string;
  noNextUpdate: string;
  count(entries: number): string;
  subordinates: string;
  machines: string;
  all: string;
}

const en: DeployedStrings = {
  lead: 'The certificates of our certification authorities and their lists of revoked certificates, as they are kept in this repository.',
  caution:
    'A fingerprint is worth comparing with one from another source, such as the text of the policy or a trusted list. Whether a certificate is to be trusted, and for what, this page does not say.',
  validity: 'Validity on one axis',
  axisNote: 'Drawn to scale; where scripts run, a line marks the present day. The dates stand below, with each certificate.',
  authorities: 'Certification authorities',
  otherLists: 'Lists of authorities whose certificates are not here',
  states: {
    draft: 'Draft',
    'not-yet-in-force': 'Not yet valid',
    'in-force': 'Within its validity',
    superseded: 'Expired',
    withdrawn: 'Revoked',
    'never-in-force': 'Never valid',
  },
  subject: 'Subject',
  issuer: 'Issuer',
  selfSigned: 'Itself: a root',
  serialNumber: 'Serial number',
  key: 'Public key',
  signature: 'Signed with',
  valid: 'Valid',
  fromTo: 'From {from} to {last}, both seconds included',
  endless: 'From {from}, without a defined end',
  revoked: 'Revoked on {at}.',
  revokedFor: 'Revoked on {at}, reason: {reason}.',
  unknownValidity: 'It names no dates that can be read.',
  sha256: 'SHA-256 fingerprint',
  sha1: 'SHA-1 fingerprint',
  sha1Note: 'only to find it in programs that show no other',
  keyIdentifier: 'Key identifier',
  download: 'Download',
  crlAddresses: 'CRL address',
  ocspAddresses: 'OCSP address',
  caIssuers: 'Address of this certificate',
  addressesNote: 'The addresses are those that the certificates name that each authority issued.',
  policies: 'Policies',
  lists: 'Revocation lists',
  number: 'number {number}',
  noNumber: 'without a number',
  thisUpdate: 'issued {at}',
  nextUpdate: 'next one by {at}',
  noNextUpdate: 'no next one',
  count: (entries) => (entries === 0 ? 'nothing revoked' : entries === 1 ? '1 certificate revoked' : `${entries} certificates revoked`),
  subordinates: 'Issued by it',
  machines: 'The same for programs',
  all: 'Fingerprints, downloads, revocation lists',
};

const de: DeployedStrings = {
  lead: 'Die Zertifikate unserer Zertifizierungsstellen und ihre Sperrlisten, wie sie in diesem Repository liegen.',
  caution:
    'Ein Fingerabdruck gehört mit einem aus anderer Quelle verglichen, etwa aus dem Text der Richtlinie oder einer Vertrauensliste. Ob und wofür einem Zertifikat zu vertrauen ist, sagt diese Seite nicht.',
  validity: 'Gültigkeit auf einer Achse',
  axisNote: 'Maßstäblich gezeichnet; wo Skripte laufen, zeigt eine Linie den heutigen Tag. Die Zeitpunkte stehen unten bei jedem Zertifikat.',
  authorities: 'Zertifizierungsstellen',
  otherLists: 'Sperrlisten von Stellen, deren Zertifikate hier nicht liegen',
  states: {
    draft: 'Entwurf',
    'not-yet-in-force': 'Noch nicht gültig',
    'in-force': 'Im Gültigkeitszeitraum',
    superseded: 'Abgelaufen',
    withdrawn: 'Widerrufen',
    'never-in-force': 'Nie gültig',
  },
  subject: 'Inhaber',
  issuer: 'Aussteller',
  selfSigned: 'Es selbst: eine Wurzel',
  serialNumber: 'Seriennummer',
  key: 'Öffentlicher Schlüssel',
  signature: 'Signiert mit',
  valid: 'Gültig',
  fromTo: 'Von {from} bis {last}, beide Sekunden eingeschlossen',
  endless: 'Ab {from}, ohne bestimmtes Ende',
  revoked: 'Widerrufen am {at}.',
  revokedFor: 'Widerrufen am {at}, Grund: {reason}.',
  unknownValidity: 'Es nennt keine lesbaren Zeitpunkte.',
  sha256: 'Fingerabdruck SHA-256',
  sha1: 'Fingerabdruck SHA-1',
  sha1Note: 'nur zum Auffinden in Programmen, die keinen anderen zeigen',
  keyIdentifier: 'Schlüsselkennung',
  download: 'Herunterladen',
  crlAddresses: 'Adresse der Sperrliste',
  ocspAddresses: 'Adresse für OCSP',
  caIssuers: 'Adresse dieses Zertifikats',
  addressesNote: 'Die Adressen sind die, welche die von jeder Stelle ausgestellten Zertifikate nennen.',
  policies: 'Richtlinien',
  lists: 'Sperrlisten',
  number: 'Nummer {number}',
  noNumber: 'ohne Nummer',
  thisUpdate: 'ausgestellt {at}',
  nextUpdate: 'die nächste bis {at}',
  noNextUpdate: 'keine nächste',
  count: (entries) => (entries === 0 ? 'nichts gesperrt' : entries === 1 ? '1 Zertifikat gesperrt' : `${entries} Zertifikate gesperrt`),
  subordinates: 'Von ihr ausgestellt',
  machines: 'Dasselbe für Programme',
  all: 'Fingerabdrücke, Downloads, Sperrlisten',
};

export const deployedStrings = { en, de } as const;
