import { CopyButton } from './copy-button';
import classes from './command-block.module.css';

interface CommandBlockProps {
  readonly command: string;
  /** What the command does, for people who hear the page instead of seeing it. */
  readonly label: string;
  /** A file's text has no prompt in front of its lines. */
  readonly prompt?: boolean;
}

/** Text to copy into a terminal or a file. Long lines scroll inside the block, never the page. */
export function CommandBlock({ command, label, prompt = true }: CommandBlockProps) {
  return (
    <figure className={classes.block} aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
      <pre className={classes.text} tabIndex={0} data-command={command}>
        <code>
          {command.split('\n').map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one text never move
            <span key={index} className={classes.line} data-prompt={prompt && !line.startsWith(' ') ? '' : undefined}>
              {line || ' '}
              {'\n'}
            </span>
          ))}
        </code>
      </pre>
      <div className={classes.copy}>
        <CopyButton value={command} label={`Copy: ${label}`} />
      </div>
    </figure>
  );
}
