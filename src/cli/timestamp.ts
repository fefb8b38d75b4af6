import { parseArgs } from 'node:util';
import { Oid } from '../model/document.ts';
import { type Command, type Io, UsageError } from './main.ts';

/** `cartulary timestamp`: asks time-stamping authorities about register entries, keeps their tokens, and says what these prove. */
export const timestamp: Command = {
  summary: 'Have register entries time-stamped (RFC 3161), and say what is proved.',
  usage: `cartulary timestamp [--json]
cartulary timestamp --request [<document> [<version>] | <digest>] [--url <address>] [--policy <OID>]
cartulary timestamp --store <file>

  Without options: of each entry of the register, since when it existed at the latest, by which token and which authority.

  --request  writes the request over an entry to content/timestamps/<digest>.tsq: over the last entry of the register, which
             covers all before it; or over the newest of a document, of a version, or that of a digest
  --url      sends it to this authority, verifies the answer and keeps it as content/timestamps/<digest>.tsr
  --policy   asks for a token under this policy of the authority
  --store    verifies an answer that came some other way, such as by curl, and keeps it under its name

  A token is kept only if it leads to a certificate in content/timestamps/authorities, which are put there by hand. With
  --url this command asks the network, and nothing else but trusted-list update does.

Exit codes: 0 the request is written, the token is kept, or all tokens hold; 1 a token is refused; 2 could not run.`,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { request: { type: 'boolean' }, store: { type: 'string' }, url: { type: 'string' }, policy: { type: 'string' }, json: { type: 'boolean' } },
    });
    const { request, store, url, policy, json } = values;
    if (request && store !== undefined) throw new UsageError('Say --request or --store, not both.');
    if (!request && (url !== undefined || policy !== undefined || positionals.length > 0))
      throw new UsageError('An entry, --url and --policy belong to --request.');
    if (json && (request || store !== undefined)) throw new UsageError('The option --json belongs to the list of what is proved.');
    if (url !== undefined && !(URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) throw new UsageError(`"${url}" is no address of HTTP or HTTPS.`);
    if (policy !== undefined && !Oid.safeParse(policy).success) throw new UsageError(`"${policy}" is no object identifier.`);
    if (positionals.length > 2) throw new UsageError('Name one document with its version, or one digest.');
    return request ? ask(positionals, { url, policy }, io) : store === undefined ? list(json ?? false, io) : keep(store, io);
  },
};

const ask = async (names: readonly string[], wishes: { url: string | undefined; policy: string | undefined }, io: Io): Promise<number> =>
  (await import('./timestamp-request.ts')).requestTimestamp(names, wishes, io);

const keep = async (file: string, io: Io): Promise<number> => (await import('./timestamp-store.ts')).storeTimestamp(file, io);

const list = async (isJson: boolean, io: Io): Promise<number> => (await import('./timestamp-list.ts')).listTimestamps(isJson, io);
