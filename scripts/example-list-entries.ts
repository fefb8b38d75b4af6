// What the lists that scripts/example-lists.ts makes say: who signs, whom they name, and since when. All of it is made up,
// and the services of the example's provider agree with its texts. Instants are UTC.
import type { Octets } from '../test/helpers/der.ts';
import type { NameParts } from '../test/helpers/encode-extensions.ts';
import type { ListSigning } from '../test/helpers/sign-list.ts';
import type { ListPlan, PointerPlan, ProviderPlan, QualificationPlan, ServicePlan, StatePlan } from '../test/helpers/write-list.ts';

/** A certificate that exists for the lists alone. */
interface OwnCertificate {
  readonly subject: NameParts;
  readonly use: 'list' | 'ca' | 'time';
  readonly notBefore: string;
  readonly notAfter: string;
  /** The key is RSA and lies in example-keys/; all others are on P-256 and computed from the name. */
  readonly rsa?: boolean;
}

const COMMISSION: NameParts = { countryName: 'BE', organizationName: 'Made-up Commission of the Lists' };
const operatorOf = (country: string): string => `Made-up Scheme Operator ${country}`;
const ownerOf = (country: string): NameParts => ({ countryName: country, organizationName: operatorOf(country) });
const FOREIGN: NameParts = { countryName: 'DE', organizationName: 'Fremde Dienste AG', organizationIdentifier: 'NTRDE-HRB999998' };
const FORMER: NameParts = { countryName: 'AT', organizationName: 'Muster Trust eGen', organizationIdentifier: 'NTRAT-888884d' };
const PROVIDER: NameParts = { countryName: 'AT', organizationName: 'Example Trust Services GmbH', organizationIdentifier: 'NTRAT-999999x' };

export const MADE_UP = {
  'list-of-lists-signer-a': {
    subject: { ...COMMISSION, commonName: 'Made-up list of lists signer A' },
    use: 'list',
    notBefore: '2022-11-01T08:00:00Z',
    notAfter: '2027-10-31T07:59:59Z',
    rsa: true,
  },
  'list-of-lists-signer-b': {
    subject: { ...COMMISSION, commonName: 'Made-up list of lists signer B' },
    use: 'list',
    notBefore: '2024-04-15T08:00:00Z',
    notAfter: '2031-04-15T07:59:59Z',
    rsa: true,
  },
  'at-list-signer': {
    subject: { ...ownerOf('AT'), commonName: 'Made-up list signer AT 1' },
    use: 'list',
    notBefore: '2023-01-09T08:00:00Z',
    notAfter: '2031-01-09T07:59:59Z',
    rsa: true,
  },
  'de-list-signer': {
    subject: { ...ownerOf('DE'), commonName: 'Made-up list signer DE 3' },
    use: 'list',
    notBefore: '2025-03-03T08:00:00Z',
    notAfter: '2031-03-03T07:59:59Z',
  },
  'ets-time-stamps-1': {
    subject: { ...PROVIDER, commonName: 'ETS Qualified Time-Stamps 1' },
    use: 'time',
    notBefore: '2023-02-15T09:00:00Z',
    notAfter: '2033-02-15T08:59:59Z',
  },
  'muster-trust-ca-1': {
    subject: { ...FORMER, commonName: 'Muster Trust CA 1' },
    use: 'ca',
    notBefore: '2017-05-02T08:00:00Z',
    notAfter: '2029-05-02T07:59:59Z',
  },
  'fremde-dienste-ca-7': {
    subject: { ...FOREIGN, commonName: 'Fremde Dienste CA 7' },
    use: 'ca',
    notBefore: '2021-09-06T08:00:00Z',
    notAfter: '2036-09-06T07:59:59Z',
  },
} as const satisfies Record<string, OwnCertificate>;
export type MadeUp = keyof typeof MADE_UP;

/** What the certificates of these lists are by their ids: those made up here, and the example's CAs. */
export type Identities = (id: MadeUp | 'ets-qualified-ca-1' | 'ets-qualified-ca-2' | 'ets-qualified-web-ca-1') => Octets;

const LOCATIONS = 'https://lists.example/';
const JOURNAL = 'https://journal.example/2023/1';
const NEXT_UPDATE = '2031-01-01T00:00:00Z';

export const SNAPSHOT = {
  taken: '2026-11-23T09:00:00Z',
  locations: LOCATIONS,
  journal: JOURNAL,
  anchors: 'journal-anchors.pem',
  anchor: 'list-of-lists-signer-a',
} as const;

/** Each list's file, and who signs it how. */
export const SIGNED = {
  lotl: { file: 'eu-lotl.xml', signer: 'list-of-lists-signer-b', hash: 512, signedAt: '2026-11-17T10:00:00Z' },
  pivot: { file: 'eu-lotl-pivot-1.xml', signer: 'list-of-lists-signer-a', hash: 256, signedAt: '2024-05-06T10:00:00Z' },
  AT: { file: 'AT.xml', signer: 'at-list-signer', hash: 256, signedAt: '2026-11-16T09:30:00Z' },
  DE: { file: 'DE.xml', signer: 'de-list-signer', hash: 256, reference: '#list-de', plainProperties: true, signedAt: '2026-10-05T07:30:00Z' },
} as const satisfies Record<string, { file: string; signer: MadeUp } & Partial<ListSigning>>;
export type ListId = keyof typeof SIGNED;

const SIGNATURES = 'ForeSignatures';
const SEALS = 'ForeSeals';
const WEBSITES = 'ForWebSiteAuthentication';

/** The provider manages the keys of its seal certificates, in the remote QSCD (CP 1.4.1, CPS 6.2.11). */
const MANAGED: QualificationPlan = {
  qualifiers: ['QCQSCDManagedOnBehalf'],
  policies: ['1.3.6.1.4.1.99999.1.2.2'],
  says: 'Seal certificates whose keys the provider manages in its remote QSCD.',
};
const OCSP = 'http://ocsp.ets.example/';

function issuing(certificate: Octets, name: string, states: readonly StatePlan[], supplyPoint: string = OCSP): ServicePlan {
  return { certificate, type: 'CA/QC', name, supplyPoint, states };
}

const granted = (since: string, ...uses: readonly string[]): StatePlan => ({ status: 'granted', since, uses });

/** ETS Qualified CA 1 began with signatures; seals came before the first CP took effect on 2023-03-01. */
function planProvider(certificateOf: Identities): ProviderPlan {
  return {
    name: 'Example Trust Services GmbH',
    tradeNames: ['ETS', 'NTRAT-999999x'],
    country: 'AT',
    site: 'https://repository.ets.example/',
    services: [
      issuing(certificateOf('ets-qualified-ca-1'), 'ETS Qualified CA 1', [
        { ...granted('2023-02-27T08:00:00Z', SIGNATURES, SEALS), qualifications: [MANAGED] },
        granted('2023-02-20T08:00:00Z', SIGNATURES),
      ]),
      issuing(certificateOf('ets-qualified-web-ca-1'), 'ETS Qualified Web CA 1', [granted('2025-01-08T08:00:00Z', WEBSITES)]),
      issuing(certificateOf('ets-qualified-ca-2'), 'ETS Qualified CA 2', [
        { ...granted('2026-11-16T08:00:00Z', SIGNATURES, SEALS), qualifications: [MANAGED] },
      ]),
      // Status information is listed under the certificate of the CA, as in many real lists.
      { certificate: certificateOf('ets-qualified-ca-1'), type: 'Certstatus/OCSP/QC', name: 'ETS OCSP', states: [granted('2023-02-27T08:00:00Z')] },
      {
        certificate: certificateOf('ets-time-stamps-1'),
        type: 'TSA/QTST',
        name: 'ETS Qualified Time-Stamps 1',
        states: [granted('2023-06-12T08:00:00Z')],
      },
    ],
  };
}

const planFormerProvider = (certificateOf: Identities): ProviderPlan => ({
  name: 'Muster Trust eGen',
  tradeNames: ['NTRAT-888884d'],
  country: 'AT',
  site: 'https://muster-trust.example/',
  services: [
    issuing(
      certificateOf('muster-trust-ca-1'),
      'Muster Trust CA 1',
      [{ status: 'withdrawn', since: '2024-10-01T08:00:00Z', uses: [SIGNATURES] }, granted('2018-03-19T08:00:00Z', SIGNATURES)],
      'http://ocsp.muster-trust.example/',
    ),
  ],
});

const planForeignProvider = (certificateOf: Identities): ProviderPlan => ({
  name: 'Fremde Dienste AG',
  tradeNames: ['NTRDE-HRB999998'],
  country: 'DE',
  site: 'https://fremde-dienste.example/',
  services: [
    issuing(
      certificateOf('fremde-dienste-ca-7'),
      'Fremde Dienste CA 7',
      [
        {
          ...granted('2021-11-02T09:00:00Z', SIGNATURES),
          qualifications: [{ qualifiers: ['QCWithQSCD'], policies: ['1.3.6.1.4.1.99998.7.1'], says: 'Signature certificates on a card of the provider.' }],
        },
      ],
      'http://ocsp.fremde-dienste.example/',
    ),
  ],
});

const pointerTo = (country: 'AT' | 'DE', signer: Octets): PointerPlan => ({
  location: LOCATIONS + SIGNED[country].file,
  territory: country,
  type: 'EUgeneric',
  operator: operatorOf(country),
  signers: [signer],
});
/** The same list for people. */
const printedForm = (pointer: PointerPlan): PointerPlan => ({
  ...pointer,
  location: pointer.location.replace(/xml$/, 'pdf'),
  mimeType: 'application/pdf',
});

function planListOfLists(signers: readonly Octets[], certificateOf: Identities): Omit<ListPlan, 'id' | 'version' | 'sequence' | 'issued' | 'nextUpdate'> {
  const operator = COMMISSION.organizationName ?? '';
  const [at, de] = [pointerTo('AT', certificateOf('at-list-signer')), pointerTo('DE', certificateOf('de-list-signer'))];
  const own: PointerPlan = { location: LOCATIONS + SIGNED.lotl.file, territory: 'EU', type: 'EUlistofthelists', operator, signers };
  return { type: 'EUlistofthelists', territory: 'EU', operator, schemeUris: [JOURNAL], pointers: [own, at, printedForm(at), de], providers: [] };
}

/** The lists: that of the lists and one national list in version 6 of the format, the others in version 5. */
export function planLists(certificateOf: Identities): Readonly<Record<ListId, ListPlan>> {
  const [a, b] = [certificateOf('list-of-lists-signer-a'), certificateOf('list-of-lists-signer-b')];
  const national = (country: 'AT' | 'DE') => ({
    id: `list-${country.toLowerCase()}`,
    type: 'EUgeneric' as const,
    territory: country,
    operator: operatorOf(country),
    schemeUris: [`${LOCATIONS}${country.toLowerCase()}/`],
    nextUpdate: NEXT_UPDATE,
    pointers: [
      { location: LOCATIONS + SIGNED.lotl.file, territory: 'EU', type: 'EUlistofthelists' as const, operator: 'Made-up Commission of the Lists', signers: [b] },
    ],
  });
  const lotl = planListOfLists([b], certificateOf);
  return {
    lotl: {
      ...lotl,
      id: 'list-of-lists',
      version: 6,
      sequence: 12,
      issued: '2026-11-17T09:00:00Z',
      nextUpdate: NEXT_UPDATE,
      schemeUris: [LOCATIONS + SIGNED.pivot.file, JOURNAL],
    },
    pivot: {
      ...planListOfLists([a, b], certificateOf),
      id: 'list-of-lists-pivot',
      version: 5,
      sequence: 3,
      issued: '2024-05-06T09:00:00Z',
      nextUpdate: '2024-11-06T09:00:00Z',
    },
    AT: {
      ...national('AT'),
      version: 6,
      sequence: 31,
      issued: '2026-11-16T09:00:00Z',
      providers: [planProvider(certificateOf), planFormerProvider(certificateOf)],
    },
    DE: { ...national('DE'), version: 5, sequence: 17, issued: '2026-10-05T07:00:00Z', providers: [planForeignProvider(certificateOf)] },
  };
}
