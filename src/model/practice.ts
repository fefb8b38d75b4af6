import { z } from 'zod';
import { Oid } from './document.ts';

// Each description says what the value answers; it is shown in editors, in the list of requirements and where a value lacks.
const yesNo = (means: string) => z.enum(['true', 'false']).optional().describe(means);
const oneOf = <const T extends readonly [string, ...string[]]>(values: T, means: string) => z.enum(values).optional().describe(means);
const several = <const T extends readonly [string, ...string[]]>(values: T, means: string) => z.array(z.enum(values)).optional().describe(means);

const MANAGERS = ['subject', 'tsp', 'other-tsp'] as const;
const SERVICES = ['crl', 'ocsp'] as const;

/**
 * Declared facts about the provider's operation on which conditional requirements depend. A value that is left out is
 * not declared, which is another thing than no: an empty list, `[]`, says that nothing of the kind exists.
 */
const PracticeValues = z.strictObject({
  /** `subjects: [natural]`. Only policies of EN 319 411-1 need it; those of EN 319 411-2 say it themselves. */
  subjects: several(['natural', 'legal', 'device'], 'whom certificates are issued to: natural persons, legal persons, devices (websites among them)'),
  /** `affiliation: true` */
  affiliation: yesNo('whether certificates show a natural person as linked to a legal person'),
  /** `deviceOperators: [legal]` */
  deviceOperators: several(['legal', 'natural'], 'who runs the devices and websites that get certificates'),
  /** `subscribers: [self, legal]`: a person for himself, and an employer for its employees. */
  subscribers: several(
    ['self', 'legal', 'natural'],
    'who subscribes: the subject itself (or whoever runs the device), another legal person, another natural person',
  ),
  /** `pseudonyms: false`. No requirement depends on it; the text and the profiles must agree with it. */
  pseudonyms: yesNo('whether a certificate may show a pseudonym'),
  /** `longNames: false` */
  longNames: yesNo('whether names in certificates may be longer than the upper bounds of RFC 5280'),
  /** `physicalPresence: true` */
  physicalPresence: yesNo('whether natural persons are identified in physical presence'),
  /** `remoteIdentification: true`: in a remote session, by eID or by an existing signature (ETSI TS 119 461, 9.2.2 to 9.2.5). */
  remoteIdentification: yesNo('whether natural persons are identified by other means than physical presence'),
  /** `electronicAgreement: true` */
  electronicAgreement: yesNo('whether the subscriber agreement is concluded electronically'),
  /** `authenticatedByCertificate: [re-key]` */
  authenticatedByCertificate: several(['renewal', 're-key'], 'which requests can be authenticated with the previous certificate'),
  /** `certificatesPublished: false` */
  certificatesPublished: yesNo('whether certificates are given to relying parties, in a directory for instance'),
  /** `publiclyTrusted: false` */
  publiclyTrusted: yesNo('whether certificates are publicly trusted, that is, chain to a root in the widespread trust stores'),
  /** `ownPolicy: true`. Follows from the front matter where a policy there has an OID of the provider. */
  ownPolicy: yesNo('whether the certificate policy is one of the provider, built on a policy of ETSI'),
  /** `etsiOid: false` */
  etsiOid: yesNo("whether certificates carry the policy OID of ETSI, alone or beside the provider's"),
  /** `scheduledRevocation: false` */
  scheduledRevocation: yesNo('whether revocation can be requested for a future date'),
  /** `suspension: false`. No requirement depends on it as a whole; the text must agree with it. */
  suspension: yesNo('whether certificates can be suspended'),
  /** `status: [crl, ocsp]` */
  status: several(SERVICES, 'which status services run for the certificates of subjects'),
  /** `statusAfterExpiry: [crl, ocsp]` */
  statusAfterExpiry: several(SERVICES, 'which status services answer for certificates that have expired'),
  /** `expiredCertsOnCrl: true` */
  expiredCertsOnCrl: yesNo('whether revoked certificates stay on the CRL after they expire'),
  /** `archiveCutoff: true`. No requirement depends on it; the text must agree with it. */
  archiveCutoff: yesNo('whether OCSP responses contain the archive cutoff'),
  /** `caStatus: [crl]` */
  caStatus: several(SERVICES, 'which status services run for CA certificates'),
  /** `shortTerm: []`: none are issued, and nothing more has to be said of them. */
  shortTerm: several(['revocable', 'non-revocable'], 'which short-term certificates are issued'),
  /** `shortTermOnly: false` */
  shortTermOnly: yesNo('whether all certificates are short-term'),
  /** `validityAssured: false` */
  validityAssured: yesNo('whether short-term certificates carry the validity-assured extension of EN 319 412-1'),
  /** `statusAddress: true` */
  statusAddress: yesNo('whether validity-assured certificates name a CRL or an OCSP address'),
  /** `outliveCa: false` */
  outliveCa: yesNo('whether certificates may outlive the certificate of the CA that issued them'),
  /** `outsourcing: [registration]` */
  outsourcing: several(['registration', 'component', 'other'], 'what others do: registration, a trust service component, anything else of the service'),
  /** `remoteWork: false` */
  remoteWork: yesNo('whether staff work from outside the premises'),
  /** `productionTestCertificates: false` */
  productionTestCertificates: yesNo('whether test certificates come from production CAs'),
  /** `qscd: { managedBy: subject, keyImport: false, keyTransfer: false }`. The front matter of a text says `managedBy` for each policy, and counts. */
  qscd: z
    .strictObject({
      managedBy: oneOf(MANAGERS, 'who manages the qualified devices: the subject, the provider, another provider'),
      keyImport: yesNo('whether the provider generates keys elsewhere and loads them into the qualified device'),
      keyTransfer: yesNo('whether subject keys are transferred from one device to another'),
    })
    .optional(),
  /** `secureDevice: { required: false, issued: false }` */
  secureDevice: z
    .strictObject({
      required: yesNo('whether the terms ask subscribers for a secure cryptographic device; QSCD policies do'),
      issued: yesNo('whether the provider issues secure cryptographic devices to subjects'),
      activationData: yesNo('whether these devices come with activation data, such as a PIN'),
    })
    .optional(),
  /** `subjectKeys: { generatedBy: [subject], managedBy: subject, usages: [signature], copies: false, escrow: false }` */
  subjectKeys: z
    .strictObject({
      generatedBy: several(['subject', 'tsp'], 'who generates the keys of subjects'),
      managedBy: oneOf(MANAGERS, 'who manages the private keys of subjects; for QSCD policies qscd.managedBy says it'),
      usages: several(['signature', 'authentication', 'decryption'], 'what the keys of subjects serve: signatures or seals, authentication, decryption'),
      copies: yesNo('whether private keys of subjects are duplicated, for backup for instance'),
      escrow: yesNo('whether the provider keeps private keys of subjects in escrow'),
      checkedAtUse: yesNo('whether a managed key can be used only while its certificate is valid'),
    })
    .optional(),
  /** `cas: { kinds: [root, subordinate], crossCertificates: [], keysInAdvance: false, keysOutsideModule: true }` */
  cas: z
    .strictObject({
      kinds: several(['root', 'subordinate'], 'which CAs the provider runs: a root with a self-signed certificate, subordinate ones'),
      crossCertificates: several(['received', 'issued'], "which cross-certificates exist: for the provider's own CAs, for CAs of others"),
      keysInAdvance: yesNo('whether CA keys are generated in advance for later use'),
      keysOutsideModule: yesNo('whether CA keys exist outside a cryptographic module, as an encrypted backup for instance'),
    })
    .optional(),
});

/** `practices:` of `cartulary.yaml`: what holds for all certificates, and what is different for one policy. */
export const Practices = PracticeValues.extend({
  /** `byPolicy: { 1.3.6.1.4.1.99999.1.2.4: { subjectKeys: { usages: [authentication] } } }` */
  byPolicy: z.record(Oid, PracticeValues, { error: ({ code }) => (code === 'invalid_key' ? 'expected the OID of a policy' : undefined) }).default({}),
});
export type Practices = z.infer<typeof Practices>;

type Values = z.infer<typeof PracticeValues>;
type Leaf<T, K extends keyof T & string> = NonNullable<T[K]> extends string | readonly string[] ? K : `${K}.${keyof NonNullable<T[K]> & string}`;
/** The path of a practice below `practices:`, such as `status` or `qscd.managedBy`. */
export type PracticeName = { [K in keyof Values & string]-?: Leaf<Values, K> }[keyof Values & string];

/** One entry of the vocabulary. */
export interface Practice {
  name: PracticeName;
  values: readonly string[];
  /** Several values can hold at once. */
  several: boolean;
  means: string;
}

/** The vocabulary by name, as the schema declares it. */
export const PRACTICES: ReadonlyMap<string, Practice> = new Map(listPractices(PracticeValues, '').map((practice) => [practice.name, practice]));

function listPractices(object: z.ZodObject, prefix: string): Practice[] {
  return Object.entries(object.shape).flatMap(([key, schema]) => {
    const type = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
    if (type instanceof z.ZodObject) return listPractices(type, `${prefix}${key}.`);
    const item = type instanceof z.ZodArray ? type.element : type;
    const values = item instanceof z.ZodEnum ? item.options.map(String) : [];
    return [{ name: `${prefix}${key}` as PracticeName, values, several: type instanceof z.ZodArray, means: schema.description ?? '' }];
  });
}

/** What is declared, by the practice's name; a practice that is not declared is absent. */
export type DeclaredPractices = ReadonlyMap<PracticeName, readonly string[]>;

/** What is declared for the certificates of one policy: its own values where it has some, else those of all. */
export function declaredFor(practices: Practices, oid: string | undefined): DeclaredPractices {
  const { byPolicy, ...general } = practices;
  return new Map([...flatten(general, ''), ...flatten((oid !== undefined && Object.hasOwn(byPolicy, oid) && byPolicy[oid]) || {}, '')]);
}

function flatten(values: object, prefix: string): [PracticeName, readonly string[]][] {
  return Object.entries(values).flatMap(([key, value]) => {
    if (value === undefined) return [];
    if (typeof value === 'object' && !Array.isArray(value)) return flatten(value, `${prefix}${key}.`);
    return [[`${prefix}${key}` as PracticeName, Array.isArray(value) ? value : [String(value)]] as [PracticeName, readonly string[]]];
  });
}
