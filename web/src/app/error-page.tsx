import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

/** For what nobody foresaw. Conversations are stored; nothing is lost with the page. */
export function ErrorPage({ error }: { error: unknown }) {
  return (
    <div className="mx-auto w-full max-w-note p-6">
      <h1 className="sr-only">Something went wrong</h1>
      <Notice
        title="This page stopped working."
        actions={
          <Button variant="primary" onClick={() => location.reload()}>
            Reload
          </Button>
        }
      >
        Your conversations are stored and safe. If it happens again, tell your administrator:{" "}
        {error instanceof Error ? error.message : String(error)}
      </Notice>
    </div>
  );
}
