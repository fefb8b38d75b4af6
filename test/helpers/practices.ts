import { Practices } from '../../src/model/practice.ts';

/** Every practice declared, as a small provider without peculiarities would: most cases do not occur. */
export const ORDINARY = {
  affiliation: 'false',
  deviceOperators: ['legal'],
  subscribers: ['self'],
  pseudonyms: 'false',
  longNames: 'false',
  physicalPresence: 'true',
  remoteIdentification: 'false',
  electronicAgreement: 'false',
  authenticatedByCertificate: [],
  certificatesPublished: 'false',
  publiclyTrusted: 'false',
  ownPolicy: 'false',
  etsiOid: 'true',
  scheduledRevocation: 'false',
  suspension: 'false',
  status: ['crl', 'ocsp'],
  statusAfterExpiry: ['crl', 'ocsp'],
  expiredCertsOnCrl: 'true',
  archiveCutoff: 'true',
  caStatus: ['crl'],
  shortTerm: [],
  outliveCa: 'false',
  outsourcing: [],
  remoteWork: 'false',
  productionTestCertificates: 'false',
  qscd: { managedBy: 'subject', keyImport: 'false', keyTransfer: 'false' },
  secureDevice: { required: 'false', issued: 'false', activationData: 'false' },
  subjectKeys: { generatedBy: ['subject'], managedBy: 'subject', usages: ['signature'], copies: 'false', escrow: 'false', checkedAtUse: 'false' },
  cas: { kinds: ['root', 'subordinate'], crossCertificates: [], keysInAdvance: 'false', keysOutsideModule: 'true' },
};

/** The ordinary practices with other values for some of them. */
export const practise = (other: object = {}): Practices => Practices.parse({ ...ORDINARY, ...other });
