const NEXT = { '2.4': '2.5', '1.4': '1.5' } as const;

/**
 * A text of the example as its author has it at work for the next version: number and dates are new wherever they stand,
 * and the table of revisions has a row more. All else is as it was published.
 */
export function renew(text: string): string {
  const version = /^version: "(.+)"$/m.exec(text)?.[1] as keyof typeof NEXT;
  const next = NEXT[version];
  return (
    text
      .replace(`version: "${version}"`, `version: "${next}"`)
      .replace('effective: 2027-03-10', 'effective: 2027-05-01')
      .replace(`| Version | ${version} |`, `| Version | ${next} |`)
      .replace('| Effective | 2027-03-10', '| Effective | 2027-05-01')
      .replace('in force on 10 March 2027', 'in force on 1 May 2027')
      .replace('Am 10. März 2027 geltende', 'Am 1. Mai 2027 geltende')
      .replace(/\/(cps?)\/2\.4\//g, '/$1/2.5/')
      .replace(/\/(pds|terms)\/1\.4\//g, '/$1/1.5/')
      .replace(/\| ([12])\.4, <https/g, '| $1.5, <https')
      // The last row of the table of revisions, a second time.
      .replace(/^\| [12]\.4 \| 2027-03-10 \|.*$/m, (row) => `${row}\n${row.replace(version, next).replace('2027-03-10', '2027-05-01')}`)
  );
}
