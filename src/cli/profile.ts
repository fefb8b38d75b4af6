import { parseArgs } from 'node:util';
import { Oid, ProfileId } from '../model/document.ts';
import type { DraftWishes } from '../model/draft-profile.ts';
import { type Command, UsageError } from './main.ts';

const options = {
  id: { type: 'string' },
  out: { type: 'string' },
  policy: { type: 'string' },
  section: { type: 'string' },
  title: { type: 'string' },
  extensions: { type: 'string' },
} as const;
type Values = { readonly [Name in keyof typeof options]?: string | undefined };

/** What a draft shall say besides what it is drafted from, and where it goes: standard output where no file is named. */
export interface DraftOptions extends DraftWishes {
  id: string | undefined;
  out: string | undefined;
}

/** `cartulary profile`: drafts a declared profile from certificates, or from the settings of a CA. */
export const profile: Command = {
  summary: 'Draft a declared profile from certificates, from an EJBCA export or from a section of OpenSSL.',
  usage: `cartulary profile from-certificate <file or folder>…   certificates that were issued: PEM, DER, PKCS #7
cartulary profile from-ejbca <file.xml>                a certificate profile as EJBCA exports it
cartulary profile from-openssl <file.cnf> --extensions <name>
                                                       a section of extensions, such as v3_end

  --id <id>        write to content/profiles/<id>.yaml; no file is overwritten
  --out <file>     write to this file; without one of the two, to standard output
  --policy <OID>   the policy that it is of; of certificates under several, only those under this one count
  --section <n>    the section of the document that states it; 7.1 where none is named
  --title <text>   what people call such certificates

A draft says in comments what was seen. What is not understood of settings stands there and on standard error. No name of a
subscriber is taken over.

Exit codes: 0 drafted; 1 refused; 2 could not run.`,
  async run(args, io) {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const [from, file, ...more] = positionals;
    if (from !== 'from-certificate' && from !== 'from-ejbca' && from !== 'from-openssl')
      throw new UsageError(`Say from what: from-certificate, from-ejbca or from-openssl${from === undefined ? '' : `, not "${from}"`}.`);
    if (file === undefined) throw new UsageError('Name a file.');
    if (values.extensions !== undefined && from !== 'from-openssl') throw new UsageError('--extensions is for from-openssl.');
    const wanted = readOptions(values);
    const { draftCertificates, draftEjbca, draftOpenssl } = await import('./profile-draft.ts');
    if (from === 'from-certificate') return draftCertificates([file, ...more], wanted, io);
    if (more.length > 0) throw new UsageError('Name one file: each has a draft of its own.');
    if (from === 'from-ejbca') return draftEjbca(file, wanted, io);
    if (values.extensions === undefined) throw new UsageError('Name the section of extensions: --extensions v3_end.');
    return draftOpenssl(file, values.extensions, wanted, io);
  },
};

function readOptions({ id, out, policy, section = '7.1', title }: Values): DraftOptions {
  if (id !== undefined && out !== undefined) throw new UsageError('--id and --out both say where the draft goes: name one.');
  if (id !== undefined && !ProfileId.safeParse(id).success) throw new UsageError(`"${id}" is no id of a profile, such as natural-person-qscd.`);
  if (out === '') throw new UsageError('The name after --out is empty: name the file that is to be written.');
  if (policy !== undefined && !Oid.safeParse(policy).success) throw new UsageError(`"${policy}" is not an object identifier.`);
  if (title === '' || (title ?? '').length > 1000) throw new UsageError('The title has 1 to 1000 characters.');
  if (!/^[0-9A-Z][0-9A-Z.]*$/.test(section))
    throw new UsageError(`"${section}" is no number of a section of the document, such as 7.1.2; a section of an OpenSSL file is named with --extensions.`);
  return { id, out, policy, section, title };
}
