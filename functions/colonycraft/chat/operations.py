"""The streamed turn, as an operation."""

from colonycraft.chat.models import ChatEvent, ChatRequest, ChatResult
from colonycraft.chat.turn import chat
from colonycraft.platform.operations import Access, Operation

OPERATIONS = (
    Operation(
        name="chat",
        summary="Asks a question in a conversation and streams the answer, which is stored.",
        handler=chat,
        input=ChatRequest,
        output=ChatResult,
        event=ChatEvent,
        function="chat",
        access=Access.OWNER,
        subject="conversationId",
        timeout=300,
        example={
            "requestId": "request-0000-0001",
            "conversationId": "conversation-0001",
            "newConversation": False,
            "branchId": "main",
            "text": "What is a lease?",
            "model": "ollama/smollm2:135m",
        },
    ),
)
