namespace Mom.LocalHost;

/// <summary>Something that the person at the keyboard has to know: the message is one clear sentence, fit to be shown alone.</summary>
public class LocalHostException(string message, Exception? inner = null) : Exception(message, inner);
