export interface Announcement {
  readonly publicUrl: URL;
  readonly dataFolder: string;
  readonly setupCode: string | undefined;
}

/** What a person reads in the terminal when everything is up. */
export function announcementOf({ publicUrl, dataFolder, setupCode }: Announcement): string {
  const lines = [
    '',
    `  Stowage is ready:  ${publicUrl.origin}`,
    `  docker login       ${publicUrl.host}`,
    `  data               ${dataFolder}`,
  ];
  if (setupCode !== undefined) {
    lines.push(
      '',
      '  Create the first administrator with this link; it works once:',
      `  ${setupLink(publicUrl, setupCode)}`,
    );
  }
  return `${lines.join('\n')}\n\n`;
}

function setupLink(publicUrl: URL, code: string): string {
  const link = new URL('/setup', publicUrl);
  link.searchParams.set('code', code);
  return link.href;
}
