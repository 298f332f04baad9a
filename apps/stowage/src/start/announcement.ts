export interface Announcement {
  readonly publicUrl: URL;
  readonly dataFolder: string;
  readonly setupLink: URL | undefined;
}

/** What a person reads in the terminal when everything is up. */
export function announcementOf({ publicUrl, dataFolder, setupLink }: Announcement): string {
  const lines = [
    '',
    `  Stowage is ready:  ${publicUrl.origin}`,
    `  docker login       ${publicUrl.host}`,
    `  data               ${dataFolder}`,
  ];
  if (setupLink !== undefined) {
    lines.push('', '  Create the first administrator with this link; it works once:', `  ${setupLink.href}`);
  }
  return `${lines.join('\n')}\n\n`;
}
