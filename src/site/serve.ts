import { createServer, type Server } from 'node:http';
import { headersFor } from '../publish/headers.ts';

/** What a server gives for a path: bytes and their type, or undefined for none. */
export type Answer = { body: string | Uint8Array; type: string } | undefined;

const TYPES: Readonly<Record<string, string>> = {
  atom: 'application/atom+xml; charset=utf-8',
  cer: 'application/pkix-cert',
  crl: 'application/pkix-crl',
  css: 'text/css; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  ics: 'text/calendar; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  pdf: 'application/pdf',
  pem: 'application/pem-certificate-chain',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  wasm: 'application/wasm',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xml: 'application/xml; charset=utf-8',
  yaml: 'application/yaml; charset=utf-8',
};

/** The media type of a path by its ending. */
export function typeOf(path: string): string {
  if (path.endsWith('/timemap')) return 'application/link-format; charset=utf-8';
  return TYPES[/\.([a-z]+)$/.exec(path)?.[1] ?? ''] ?? 'application/octet-stream';
}

/**
 * Serves answers on the loopback interface with the headers that the published site has. `answer` gets the path below
 * the base path. Gives the server and its address.
 */
export function serve(base: string, port: number, answer: (path: string) => Promise<Answer>): Promise<{ server: Server; address: string }> {
  const server = createServer(async (request, response) => {
    const full = decodePath(request.url ?? '/');
    if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(405, { allow: 'GET, HEAD' }).end();
    if (full === undefined || !full.startsWith(`${base}/`)) return void response.writeHead(302, { location: `${base}/` }).end();
    const path = full.slice(base.length);
    try {
      const found = await answer(path);
      const shown = found ?? (await answer('/404.html'));
      if (!found && !/\.[a-z]+$/.test(path) && !path.endsWith('/') && (await answer(`${path}/`)))
        return void response.writeHead(301, { location: `${full}/` }).end();
      response.writeHead(found ? 200 : 404, { ...headersFor(path), 'Content-Type': shown?.type ?? 'text/plain' });
      response.end(request.method === 'HEAD' ? undefined : (shown?.body ?? 'Not found'));
    } catch (error) {
      response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' }).end(error instanceof Error ? error.message : String(error));
    }
  });
  return new Promise((resolve, reject) => {
    server.on('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`the port ${port} is in use: name another one with --port`) : error),
    );
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const actual = typeof address === 'object' && address ? address.port : port;
      resolve({ server, address: `http://localhost:${actual}${base}/` });
    });
  });
}

function decodePath(url: string): string | undefined {
  try {
    const path = decodeURIComponent(url.split(/[?#]/)[0] ?? '/');
    return path.includes('\0') || path.split(/[/\\]/).includes('..') ? undefined : path;
  } catch {
    return undefined;
  }
}
