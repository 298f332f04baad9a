import classes from './name-tile.module.css';

const HUES = [186, 212, 262, 318, 20, 42, 150, 236];

interface NameTileProps {
  readonly name: string;
  readonly size?: number;
  /** People are round, organisations are square. */
  readonly round?: boolean;
}

/** A namespace as a painted container: always the same colour for the same name. */
export function NameTile({ name, size = 36, round = false }: NameTileProps) {
  const hash = Array.from(name).reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0, 7);
  return (
    <span
      className={classes.tile}
      aria-hidden="true"
      data-letter={name.charAt(0).toUpperCase()}
      style={{
        backgroundColor: `hsl(${HUES[hash % HUES.length]} 48% 36%)`,
        width: size,
        height: size,
        fontSize: size * 0.42,
        borderRadius: round ? '50%' : size * 0.24,
      }}
    />
  );
}
