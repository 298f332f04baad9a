export interface AccountNameModalProps {
  readonly opened: boolean;
  /** What the account is called now. */
  readonly username: string;
  readonly onClose: () => void;
}
