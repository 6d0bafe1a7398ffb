def cost(connection, model, usage):
    return None, "unknown"
