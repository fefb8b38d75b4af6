import { CertificateCatalogue, type CertificateStandards, prepareStandards } from '../model/certificate-rule.ts';
import { readCompiled, readShippedYaml } from './shipped.ts';

/** The editions that certificates are judged by, in the order in which findings name them. */
const EDITIONS = ['en-319-412-1/v1.7.1', 'en-319-412-2/v2.5.1', 'en-319-412-3/v1.4.1', 'en-319-412-4/v1.4.1', 'en-319-412-5/v2.6.1', 'ts-119-495/v1.8.1'];

let known: Promise<CertificateStandards> | undefined;

/** What certificates are judged by. Read once a process. Throws where the package is broken. */
export function readCertificateStandards(): Promise<CertificateStandards> {
  known ??= readCompiled('certificate-standards.json', compileCertificateStandards);
  return known;
}

/** The same from the YAML. Throws for a file that is not valid. */
export async function compileCertificateStandards(): Promise<CertificateStandards> {
  return prepareStandards(await readCertificateCatalogues());
}

/** The catalogues whole, with requirements that no certificate can show and with their readings. */
export function readCertificateCatalogues(): Promise<CertificateCatalogue[]> {
  return Promise.all(EDITIONS.map((edition) => readShippedYaml(`requirements/${edition}.yaml`, CertificateCatalogue)));
}
