export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <path d="M16 1.8 28.3 8.9v14.2L16 30.2 3.7 23.1V8.9z" className="fill-mark" />
      <path
        d="M16 8.4 22.6 12.2v7.6L16 23.6 9.4 19.8v-7.6z"
        className="fill-none stroke-mark-line"
        strokeWidth="2.6"
        strokeLinejoin="round"
      />
      <circle cx="16" cy="16" r="2.4" className="fill-mark-line" />
    </svg>
  );
}
