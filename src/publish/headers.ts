/** What a page of the site may do: only what comes from the site itself, and no inline script or style. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  // Pagefind compiles its index reader, WebAssembly from this site.
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
};

/** The headers of one path of the site, by name. `path` is below the base path. */
export function headersFor(path: string): Readonly<Record<string, string>> {
  if (path.endsWith('/timemap')) return { ...HEADERS, 'Content-Type': 'application/link-format; charset=utf-8' };
  if (path.endsWith('.atom')) return { ...HEADERS, 'Content-Type': 'application/atom+xml; charset=utf-8' };
  if (path.endsWith('.ics')) return { ...HEADERS, 'Content-Type': 'text/calendar; charset=utf-8' };
  if (path.endsWith('.cer')) return { ...HEADERS, 'Content-Type': 'application/pkix-cert' };
  if (path.endsWith('.crl')) return { ...HEADERS, 'Content-Type': 'application/pkix-crl' };
  if (path.endsWith('.pem')) return { ...HEADERS, 'Content-Type': 'application/pem-certificate-chain' };
  if (path.endsWith('.md')) return { ...HEADERS, 'Content-Type': 'text/markdown; charset=utf-8' };
  if (path.endsWith('.yaml')) return { ...HEADERS, 'Content-Type': 'application/yaml; charset=utf-8' };
  if (path.startsWith('/_astro/')) return { ...HEADERS, 'Cache-Control': 'public, max-age=31536000, immutable' };
  if (path.startsWith('/api/')) return { ...HEADERS, 'Access-Control-Allow-Origin': '*' };
  return HEADERS;
}

/** What is not for the public is not to be found or kept on the way. */
export const ASSESSOR_HEADERS: Readonly<Record<string, string>> = { 'X-Robots-Tag': 'noindex, nofollow, noarchive', 'Cache-Control': 'private, no-store' };

/** The same headers, with some more for all paths, in the `_headers` format that the common static hosts read. */
export function hostHeaders(base: string, more: Readonly<Record<string, string>> = {}): string {
  const block = (pattern: string, headers: Readonly<Record<string, string>>) =>
    `${base}${pattern}\n${Object.entries(headers)
      .map(([name, value]) => `  ${name}: ${value}\n`)
      .join('')}`;
  const only = (path: string) => Object.fromEntries(Object.entries(headersFor(path)).filter(([name]) => !(name in HEADERS)));
  return [
    block('/*', { ...HEADERS, ...more }),
    block('/:document/timemap', only('/x/timemap')),
    block('/*.md', only('/x.md')),
    block('/*.yaml', only('/x.yaml')),
    block('/*.atom', only('/x.atom')),
    block('/*.ics', only('/x.ics')),
    block('/*.cer', only('/x.cer')),
    block('/*.crl', only('/x.crl')),
    block('/*.pem', only('/x.pem')),
    block('/_astro/*', only('/_astro/x')),
    block('/api/*', only('/api/x')),
  ].join('\n');
}
