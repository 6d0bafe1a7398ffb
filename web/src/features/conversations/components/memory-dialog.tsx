import { t } from "@lingui/core/macro";
import { useState, type ComponentType } from "react";

import { Button } from "@/ui/button";
import { classes } from "@/ui/classes";
import { Dialog, dialogEndClass } from "@/ui/dialog";
import { notify } from "@/ui/notify";
import { Switch } from "@/ui/switch";
import { TextArea } from "@/ui/text-area";

import type { Conversation } from "../api/conversations";
import { saveMemory } from "../api/save-memory";
import {
  instructionsProblem,
  memoryChanges,
  mostFallbacks,
  summaryProblem,
} from "../state/memory-changes";
import { memoryDrafts } from "../state/memory-draft";
import { closeMemory, isMemoryOpen } from "../state/open-memory";
import { useConversation } from "../state/use-conversations";
import { CacheSwitch } from "./cache-switch";
import type { FallbackPickerProps } from "./conversation-memory";
import { MemorySummary } from "./memory-summary";
import { DiscardButton, NotSaved } from "./unsaved-parts";

/** What a person decides about what the model is sent. Closed, it keeps what is not saved yet. */
export default function MemoryDialog({
  opened,
  fallbackPicker: FallbackPicker,
}: {
  /** As it was when this was opened. */
  opened: Conversation;
  fallbackPicker: ComponentType<FallbackPickerProps>;
}) {
  const { id } = opened;
  const live = useConversation(id, true);
  const conversation = (live.state === "ready" ? live.value : null) ?? opened;
  const draft = memoryDrafts.use(id);
  const [isSaving, setIsSaving] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  const changes = memoryChanges(draft, conversation);
  const instructions = draft.instructions ?? conversation.instructions;
  const problems = {
    instructions: instructionsProblem(instructions),
    summary: summaryProblem(draft.summary?.text ?? ""),
  };
  const canSave =
    changes !== null && problems.instructions === null && problems.summary === null && !isSaving;

  async function save() {
    if (!canSave) return;
    setIsSaving(true);
    setRefusal(null);
    const problem = await saveMemory(conversation, changes);
    setIsSaving(false);
    if (problem !== null) {
      if (isMemoryOpen(id)) setRefusal(problem);
      else notify(t`Instructions and memory were not saved.`, { detail: problem });
      return;
    }
    // What was typed meanwhile is not saved.
    if (memoryDrafts.read(id) !== draft) return;
    memoryDrafts.drop(id);
    closeMemory(id);
  }

  function close() {
    if (changes === null) memoryDrafts.drop(id);
    else if (!isSaving) notify(t`Not saved yet. What you changed is kept where you left it.`);
    closeMemory(id);
  }

  return (
    <Dialog
      open
      wide
      title={t`Instructions and memory`}
      description={t`What the model is told in “${{ title: conversation.title }}”, and what it remembers.`}
      onOpenChange={(open) => {
        if (!open) close();
      }}
    >
      <form
        className="space-y-6"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextArea
          label={t`Instructions`}
          hint={t`They go before every question in this conversation.`}
          problem={problems.instructions}
          rows={4}
          value={instructions}
          onChange={(event) => memoryDrafts.write(id, { instructions: event.target.value })}
        />
        <section aria-labelledby="memory-fallbacks">
          <h3 id="memory-fallbacks" className="mb-1.5 text-sm font-medium">
            {t`If the model fails, ask`}
          </h3>
          <FallbackPicker
            value={draft.fallbacks ?? conversation.fallbacks}
            onChange={(models) => memoryDrafts.write(id, { fallbacks: models })}
            most={mostFallbacks}
          />
        </section>
        <section aria-labelledby="memory-summary" className="space-y-3">
          <h3 id="memory-summary" className="sr-only">
            {t`Memory`}
          </h3>
          <Switch
            label={t`Sum up what no longer fits`}
            hint={t`A summary then stands for messages that are too old for the model’s window.`}
            checked={draft.summarise ?? conversation.summarise}
            onChange={(summarise) => memoryDrafts.write(id, { summarise })}
          />
          <MemorySummary
            stored={conversation.summary}
            draft={draft.summary ?? null}
            problem={problems.summary}
            onChange={(summary) => memoryDrafts.write(id, { summary })}
          />
        </section>
        <CacheSwitch
          value={draft.cache ?? conversation.cache}
          onChange={(cache) => memoryDrafts.write(id, { cache })}
        />
        <div className={classes(dialogEndClass, "space-y-3")}>
          <NotSaved refusal={refusal} />
          <div className="flex justify-end gap-2">
            {changes !== null && !isSaving ? (
              <DiscardButton
                onDiscard={() => {
                  memoryDrafts.drop(id);
                  setRefusal(null);
                }}
              />
            ) : null}
            <Button type="submit" variant="primary" aria-disabled={!canSave}>
              {isSaving ? t`Saving …` : t`Save`}
            </Button>
          </div>
        </div>
      </form>
    </Dialog>
  );
}
