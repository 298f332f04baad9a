/** An argument list as a shell would read it, so that `["sh","-c","a b"]` can be pasted. */
export function execForm(args: readonly string[]): string {
  return args.map((arg) => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`)).join(' ');
}
