import { authorityPolicies } from '../model/authority-policies.ts';
import { listAuthorities, listCrls } from '../model/ca-hierarchy.ts';
import { CERTIFICATES_PATH, certificatePath, crlPath, writePem } from '../publish/certificate-files.ts';
import { certificatesJson } from '../publish/certificates-json.ts';
import type { Route } from './routes.ts';
import { certificatesPage, publishedCas } from './views/certificates.ts';
import type { SiteContext } from './views/context.ts';

/** The page of CA certificates and its files. None where no CA certificate is in the repository. */
export function listCertificateRoutes(context: SiteContext): Route[] {
  if (context.frame.certificates === undefined) return [];
  const { hierarchy, names } = publishedCas(context);
  const authorities = listAuthorities(hierarchy.roots);
  return [
    { path: CERTIFICATES_PATH, page: certificatesPage(context) },
    ...authorities.flatMap((authority): Route[] => [
      { path: certificatePath(authority, names, 'cer'), key: authority.certificate.sha256, make: () => authority.certificate.der },
      { path: certificatePath(authority, names, 'pem'), text: writePem(authority.certificate) },
    ]),
    ...listCrls(hierarchy).map((crl): Route => ({ path: crlPath(crl, names), key: crl.sha256, make: () => crl.der })),
    {
      path: '/api/v1/certificates.json',
      text: certificatesJson(hierarchy, names, (authority) => authorityPolicies(context.workspace, authority), context.absolute),
    },
  ];
}
