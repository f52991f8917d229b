namespace VppManager.Api.Sync;

/// <summary>A sync cannot go on. The message is for the administrator, and holds no secret.</summary>
internal sealed class SyncStoppedException(string message) : Exception(message);
